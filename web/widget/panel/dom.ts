/** Creates an element. Properties are set, not attributes, so a strict CSP has nothing to refuse; a string is the class. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> | string = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  Object.assign(node, typeof properties === 'string' ? { className: properties } : properties);
  node.append(...children);
  return node;
}

/** A button labelled by text. */
export const textButton = (className: string, words: string, onclick: (event: MouseEvent) => void) =>
  h('button', { className, onclick }, words);

/** An icon: `d` is a path in a box of 24 × 24. */
export function icon(d: string): SVGElement {
  const create = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement;
  const svg = create('svg');
  const path = create('path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}

/** Writes only changes: a live region is read out at each write, even of the same text. */
export function setText(node: Element, words: string): void {
  if (node.textContent !== words) node.textContent = words;
}

export interface ListItem<Row> {
  node: HTMLElement;
  update?(row: Row): void;
}

/** A list that reuses a row's node while its key stays. */
export function keyedList<Row extends { key: string }>(draw: (row: Row) => ListItem<Row>) {
  const node = h('ol');
  let items = new Map<string, ListItem<Row>>();
  return {
    node,
    update(rows: Row[]): void {
      const nextItems = new Map(rows.map((row) => [row.key, items.get(row.key) ?? draw(row)]));
      for (const [key, item] of items) if (!nextItems.has(key)) item.node.remove();
      items = nextItems;
      let next = node.firstChild;
      for (const row of rows) {
        const item = nextItems.get(row.key) as ListItem<Row>;
        item.update?.(row);
        if (item.node === next) next = next.nextSibling;
        else node.insertBefore(item.node, next);
      }
    },
  };
}
