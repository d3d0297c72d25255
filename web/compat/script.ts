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
import { at, bcd, type Unsupported, unsupportedOf } from './support';

/** Where a name is declared in TypeScript's library: `['Element', 'animate']`, `['Intl', 'Locale', 'baseName']`, `['setTimeout']`. */
interface Declared {
  names: string[];
  fixed: boolean;
}

/** Features of regular expressions that esbuild does not rewrite. */
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
 * Finds the browser features that scripts use: each name is looked up in TypeScript's library, and its declaration in MDN's
 * data. Uses of the type `any` are not found.
 */
export class Scripts {
  readonly #folder: string;
  readonly #api: API;
  readonly #project: Project;
  readonly #known = new Map<number, string[][]>();
  readonly #subtypes = new Map<string, string[]>();

  /** `texts`: contents of files that do not exist on disk, by name. */
  constructor(folder: string, files: string[], texts: Record<string, string> = {}) {
    this.#folder = folder;
    // All libraries: here MDN's data decide what may be used.
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

  /** The features in a file that a supported browser lacks. */
  unsupported(file: string): Unsupported[] {
    const source = this.#project.program.getSourceFile(join(this.#folder, file));
    if (!source) throw new Error(`no file: ${file}`);
    return this.#uses(source).flatMap(([node, paths]) => {
      const line = source.text.slice(0, node.end).split('\n').length;
      return unsupportedOf(paths, `${file}:${line}`);
    });
  }

  /** Each node that names a browser feature, with its possible paths in the data. */
  #uses(source: SourceFile): [Node, string[][]][] {
    const { checker } = this.#project;
    const names: Node[] = [];
    const uses: [Node, string[][]][] = [];
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
          if (symbol) uses.push([key, this.#paths(symbol)]);
        }
      }
      if (is.isObjectLiteralExpression(node)) uses.push(...this.#optionsOf(node));
      if (is.isCallExpression(node)) uses.push(...this.#eventOf(node));
      if (is.isRegularExpressionLiteral(node))
        for (const [form, path] of EXPRESSIONS) if (form.test(node.text)) uses.push([node, [path]]);
      node.forEachChild(visit);
    };
    visit(source);
    const symbols = checker.getSymbolAtLocation(names);
    names.forEach((node, i) => {
      const symbol = symbols[i];
      if (!symbol) return;
      const paths = this.#paths(symbol);
      uses.push([node, paths]);
      if (is.isNewExpression(node.parent) && node.parent.expression === node)
        uses.push([node, paths.map((path) => [...path, path.at(-1) as string])]);
    });
    return uses;
  }

  #property(type: Type, name: string): Name | undefined {
    const { checker } = this.#project;
    const types = type.flags & TypeFlags.Union ? (type as UnionOrIntersectionType).getTypes() : [type];
    return types.map((one) => checker.getPropertyOfType(one, name)).find(Boolean);
  }

  /** The properties of an object that is an argument of a call. */
  #optionsOf(node: ObjectLiteralExpression): [Node, string[][]][] {
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

  /** `addEventListener('scrollend', …)`: every interface with an event of this name. */
  #eventOf({ expression, arguments: [name] }: CallExpression): [Node, string[][]][] {
    if (!name || !is.isStringLiteral(name) || !is.isPropertyAccessExpression(expression)) return [];
    if (expression.name.text !== 'addEventListener') return [];
    const key = `${name.text}_event`;
    const paths = Object.keys(bcd.api).map((sender) => ['api', sender, key]);
    return [[name, paths]];
  }

  /** The possible paths of a symbol in the data, which list a mixin's members under each interface that includes it. */
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
    return of(owner).length ? of(owner) : this.#subtypesOf(owner).flatMap(of);
  }

  #subtypesOf(name: string): string[] {
    if (!this.#subtypes.size) this.#readSubtypes();
    return (this.#subtypes.get(name) ?? []).flatMap((subtype) => [subtype, ...this.#subtypesOf(subtype)]);
  }

  #readSubtypes(): void {
    const { program } = this.#project;
    const dom = program.getSourceFileNames().find((name) => name.endsWith('/lib.dom.d.ts'));
    const statements = dom ? program.getSourceFile(dom)?.statements : undefined;
    for (const { name, heritageClauses } of statements?.filter(is.isInterfaceDeclaration) ?? [])
      for (const { expression } of heritageClauses?.flatMap(({ types }) => types) ?? [])
        if (is.isIdentifier(expression))
          this.#subtypes.set(expression.text, [...(this.#subtypes.get(expression.text) ?? []), name.text]);
  }
}

const called = ({ expression }: CallExpression): Node =>
  is.isPropertyAccessExpression(expression) ? expression.name : expression;

/** The names of a declaration and of those around it, outermost first. */
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
