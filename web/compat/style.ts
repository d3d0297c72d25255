import { type CssNode, generate, parse, walk } from 'css-tree';
import { bcd, type Unsupported, unsupportedOf } from './support';

/** Groups of units that share an entry in the data, by its name. */
const UNITS = {
  viewport_percentage_units_dynamic: /^dv/,
  viewport_percentage_units_large: /^lv/,
  viewport_percentage_units_small: /^sv/,
  container_query_length_units: /^cq/,
};

/** Paths of functions in the data, such as `css.types.color.color-mix`. */
const FUNCTIONS = new Map<string, string[]>();
(function read(node: object, path: string[]) {
  for (const [name, inner] of Object.entries(node)) {
    if (name === '__compat') continue;
    if (!FUNCTIONS.has(name)) FUNCTIONS.set(name, [...path, name]);
    read(inner, [...path, name]);
  }
})(bcd.css.types as object, ['css', 'types']);

function paths(node: CssNode, property?: string): string[][] {
  const own = ['css', 'properties', property ?? ''];
  switch (node.type) {
    case 'Declaration':
      return [['css', 'properties', node.property]];
    case 'Identifier':
      return property
        ? [
            [...own, node.name],
            ['css', 'types', 'global_keywords', node.name],
          ]
        : [];
    case 'Function':
      return [[...own, `${node.name}_function`], [...own, node.name], FUNCTIONS.get(node.name) ?? []];
    case 'Dimension': {
      const unit = Object.entries(UNITS).find(([, names]) => names.test(node.unit))?.[0] ?? node.unit;
      return [['css', 'types', 'length', unit]];
    }
    case 'Atrule':
      return [['css', 'at-rules', node.name]];
    case 'Feature':
      return [['css', 'at-rules', 'media', node.name.replace(/^(min|max)-/, '')]];
    case 'FeatureRange':
      return [['css', 'at-rules', 'media', 'range_syntax']];
    case 'PseudoClassSelector':
    case 'PseudoElementSelector':
      return [['css', 'selectors', node.name]];
    case 'NestingSelector':
      return [['css', 'selectors', 'nesting']];
    default:
      return [];
  }
}

/** The features in a minified style sheet that a supported browser lacks. */
export function unsupportedInStyle(css: string, file: string): Unsupported[] {
  const found: Unsupported[] = [];
  const unread = (error: Error) => {
    throw new Error(`${file}: ${error.message}`);
  };
  walk(parse(css, { parseCustomProperty: true, onParseError: unread }), function visit(node) {
    // A condition of @supports is no use of the feature.
    if (this.atrulePrelude && this.atrule?.name === 'supports') return;
    const where = `${file}: ${generate(this.declaration ?? this.rule?.prelude ?? this.atrule ?? node).slice(0, 80)}`;
    found.push(...unsupportedOf(paths(node, this.declaration?.property), where));
  });
  return found;
}
