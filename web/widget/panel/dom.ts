/** A node with its properties and children; properties, not attributes, so that a strict CSP has nothing to refuse. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> | string = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  // A string is the class.
  Object.assign(node, typeof properties === 'string' ? { className: properties } : properties);
  node.append(...children);
  return node;
}

/** A button with words in it. */
export const act = (className: string, words: string, onclick: (event: MouseEvent) => void) =>
  h('button', { className, onclick }, words);

/** Draws the path in a box of 24 × 24. */
export function icon(d: string): SVGElement {
  const make = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement;
  const svg = make('svg');
  const path = make('path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}

/** Writes only what is new: a live region reads out what is written, even when it is the same. */
export function say(node: Element, words: string): void {
  if (node.textContent !== words) node.textContent = words;
}

export interface Line<Row> {
  node: HTMLElement;
  update?(row: Row): void;
}

/** A list whose rows keep their nodes as long as they keep their keys. */
export function keyed<Row extends { key: string }>(draw: (row: Row) => Line<Row>) {
  const node = h('ol');
  let lines = new Map<string, Line<Row>>();
  return {
    node,
    update(rows: Row[]): void {
      const now = new Map(rows.map((row) => [row.key, lines.get(row.key) ?? draw(row)]));
      for (const [key, line] of lines) if (!now.has(key)) line.node.remove();
      lines = now;
      let next = node.firstChild;
      for (const row of rows) {
        const line = now.get(row.key) as Line<Row>;
        line.update?.(row);
        if (line.node === next) next = next.nextSibling;
        else node.insertBefore(line.node, next);
      }
    },
  };
}
