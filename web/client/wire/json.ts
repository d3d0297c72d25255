/** JSON that ignores a `toJSON` which the page has added to arrays and objects, as Prototype.js did. */
export const json = (it: unknown): string =>
  Array.isArray(it)
    ? `[${it.map(json)}]`
    : it && typeof it === 'object'
      ? `{${Object.entries(it).flatMap(([key, value]) => (value === undefined ? [] : `${json(key)}:${json(value)}`))}}`
      : (JSON.stringify(it) ?? 'null');
