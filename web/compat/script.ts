import { join } from 'node:path';
import type { CallExpression, Node, ObjectLiteralExpression, SourceFile } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import {
  API,
  type Symbol as Name,
  type Project,
  type Type,
  TypeFlags,
  type UnionOrIntersectionType,
} from 'typescript/unstable/sync';
import { at, bcd, type Lack, lackedByAll } from './support';

/** Where a name of the browser's is declared: `['Element', 'animate']`, `['Intl', 'Locale', 'baseName']`, `['setTimeout']`. */
interface Declared {
  names: string[];
  fixed: boolean;
}

/** What esbuild leaves in an expression as it is. */
const EXPRESSIONS: [RegExp, string[]][] = [
  [/\/\w*v\w*$/, ['javascript', 'builtins', 'RegExp', 'unicodeSets']],
  [/\(\?[ims]*-?[ims]+:/, ['javascript', 'regular_expressions', 'modifier']],
  [
    /\(\?<(\w+)>.*\(\?<\1>/,
    ['javascript', 'regular_expressions', 'named_capturing_group', 'duplicate_named_capturing_groups'],
  ],
];

const LIBRARY = /\/lib\.[\w.]+\.d\.ts$/;

/**
 * Finds what scripts ask of the browser: each name is looked up where TypeScript's own library declares it, and there in the
 * data. What is asked of the type `any` can't be seen.
 */
export class Scripts {
  readonly #folder: string;
  readonly #api: API;
  readonly #project: Project;
  readonly #known = new Map<number, string[][]>();
  readonly #heirs = new Map<string, string[]>();

  /** Texts stand for files that are not there. */
  constructor(folder: string, files: string[], texts: Record<string, string> = {}) {
    this.#folder = folder;
    // Whatever the project may use: here the data decide.
    const compilerOptions = { lib: ['ESNext', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], types: [] };
    const config = `${folder}/compat.json`;
    const all = {
      [config]: JSON.stringify({ extends: './tsconfig.json', compilerOptions, files, include: [] }),
      ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${folder}/${name}`, text])),
    };
    this.#api = new API({
      cwd: folder,
      fs: { readFile: (name) => all[name], fileExists: (name) => (name in all ? true : undefined) },
    });
    const project = this.#api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error(`no project: ${config}`);
    this.#project = project;
  }

  close(): void {
    this.#api.close();
  }

  /** What a file asks for that a named browser lacks. */
  lacks(file: string): Lack[] {
    const source = this.#project.program.getSourceFile(join(this.#folder, file));
    if (!source) throw new Error(`no file: ${file}`);
    return this.#asked(source).flatMap(([node, paths]) => {
      const line = source.text.slice(0, node.end).split('\n').length;
      return lackedByAll(paths, `${file}:${line}`);
    });
  }

  /** Each node that names something of the browser's, with the paths under which the data may speak of it. */
  #asked(source: SourceFile): [Node, string[][]][] {
    const { checker } = this.#project;
    const names: Node[] = [];
    const asked: [Node, string[][]][] = [];
    const visit = (node: Node): void => {
      if (is.isImportDeclaration(node) || is.isInterfaceDeclaration(node) || is.isTypeAliasDeclaration(node))
        return;
      if (is.isTypeNode(node) && !is.isExpressionWithTypeArguments(node)) return;
      if (is.isIdentifier(node) || (is.isStringLiteral(node) && is.isElementAccessExpression(node.parent)))
        names.push(node);
      if (is.isObjectBindingPattern(node)) {
        const type = checker.getTypeAtLocation(node);
        for (const { propertyName, name } of node.elements) {
          const key = propertyName ?? name;
          const symbol = type && key && is.isIdentifier(key) && this.#property(type, key.text);
          if (symbol) asked.push([key, this.#paths(symbol)]);
        }
      }
      if (is.isObjectLiteralExpression(node)) asked.push(...this.#given(node));
      if (is.isCallExpression(node)) asked.push(...this.#event(node));
      if (is.isRegularExpressionLiteral(node))
        for (const [form, path] of EXPRESSIONS) if (form.test(node.text)) asked.push([node, [path]]);
      node.forEachChild(visit);
    };
    visit(source);
    const symbols = checker.getSymbolAtLocation(names);
    names.forEach((node, i) => {
      const symbol = symbols[i];
      if (!symbol) return;
      const paths = this.#paths(symbol);
      asked.push([node, paths]);
      if (is.isNewExpression(node.parent) && node.parent.expression === node)
        asked.push([node, paths.map((path) => [...path, path.at(-1) as string])]);
    });
    return asked;
  }

  #property(type: Type, name: string): Name | undefined {
    const { checker } = this.#project;
    const types = type.flags & TypeFlags.Union ? (type as UnionOrIntersectionType).getTypes() : [type];
    return types.map((one) => checker.getPropertyOfType(one, name)).find(Boolean);
  }

  /** The properties of an object that is handed to a function. */
  #given(node: ObjectLiteralExpression): [Node, string[][]][] {
    const { checker } = this.#project;
    const type = checker.getContextualType(node);
    const call = is.isCallExpression(node.parent)
      ? checker.getSymbolAtLocation(called(node.parent))
      : undefined;
    const options = call ? this.#paths(call) : [];
    return node.properties.flatMap((property): [Node, string[][]][] => {
      const { name } = property as { name?: Node };
      if (!name || !is.isIdentifier(name)) return [];
      const symbol = type && this.#property(type, name.text);
      return [
        [name, symbol ? this.#paths(symbol) : []],
        [name, options.map((path) => [...path, `options_${name.text}_parameter`])],
      ];
    });
  }

  /** `addEventListener('scrollend', …)`: whatever sends an event of this name. */
  #event({ expression, arguments: [name] }: CallExpression): [Node, string[][]][] {
    if (!name || !is.isStringLiteral(name) || !is.isPropertyAccessExpression(expression)) return [];
    if (expression.name.text !== 'addEventListener') return [];
    const key = `${name.text}_event`;
    const paths = Object.keys(bcd.api).map((sender) => ['api', sender, key]);
    return [[name, paths]];
  }

  /** Where the data may speak of a name: a part of an interface (a mixin) stands with each interface that has it. */
  #paths(symbol: Name): string[][] {
    const known = this.#known.get(symbol.id);
    if (known) return known;
    const paths = symbol.declarations
      .filter(({ path }) => LIBRARY.test(path))
      .slice(0, 1)
      .flatMap((handle) => {
        const node = handle.resolve(this.#project);
        return node ? this.#candidates(declared(node)) : [];
      });
    this.#known.set(symbol.id, paths);
    return paths;
  }

  #candidates({ names, fixed }: Declared): string[][] {
    const [owner = '', member] = names;
    const builtin = [
      'javascript',
      'builtins',
      owner.replace(/^IteratorObject$/, 'Iterator'),
      ...names.slice(1),
    ];
    if (!member)
      return [['api', owner], ['api', 'Window', owner], builtin].filter((path) => at(...path)).slice(0, 1);
    if (owner === 'CSSStyleDeclaration')
      return [['css', 'properties', member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]];
    const keys = [fixed ? `${member}_static` : member, member.replace(/^on(.+)/, '$1_event')];
    const of = (name: string) => keys.map((key) => ['api', name, key]).filter((path) => at(...path));
    if (at(...builtin)) return [builtin];
    return of(owner).length ? of(owner) : this.#heirsOf(owner).flatMap(of);
  }

  #heirsOf(name: string): string[] {
    if (!this.#heirs.size) this.#read();
    return (this.#heirs.get(name) ?? []).flatMap((heir) => [heir, ...this.#heirsOf(heir)]);
  }

  #read(): void {
    const { program } = this.#project;
    const dom = program.getSourceFileNames().find((name) => name.endsWith('/lib.dom.d.ts'));
    const statements = dom ? program.getSourceFile(dom)?.statements : undefined;
    for (const { name, heritageClauses } of statements?.filter(is.isInterfaceDeclaration) ?? [])
      for (const { expression } of heritageClauses?.flatMap(({ types }) => types) ?? [])
        if (is.isIdentifier(expression))
          this.#heirs.set(expression.text, [...(this.#heirs.get(expression.text) ?? []), name.text]);
  }
}

const called = ({ expression }: CallExpression): Node =>
  is.isPropertyAccessExpression(expression) ? expression.name : expression;

/** A declaration's own name and those around it. */
function declared(node: Node): Declared {
  const names: string[] = [];
  let fixed = false;
  for (let up: Node | undefined = node; up && !is.isSourceFile(up); up = up.parent) {
    const { name } = up as unknown as { name?: Node };
    if (!name || !is.isIdentifier(name) || name.text === 'global') continue;
    // `declare var URL: { canParse(…) }`, `interface PromiseConstructor { withResolvers(…) }`
    if (names.length && (is.isVariableDeclaration(up) || name.text.endsWith('Constructor'))) fixed = true;
    names.unshift(names.length ? name.text.replace(/Constructor$/, '') : name.text);
  }
  return { names, fixed };
}
