// biome-ignore lint/suspicious/noExplicitAny: any value of JSON
const own = (it: any): string =>
  Array.isArray(it)
    ? `[${it.map(own)}]`
    : it && typeof it === 'object'
      ? `{${Object.entries(it).flatMap(([key, value]) => (value === undefined ? [] : `${own(key)}:${own(value)}`))}}`
      : (JSON.stringify(it) ?? 'null');

/** JSON that ignores a `toJSON` which the page has added to arrays or objects, as Prototype.js did. */
export const json = (it: unknown): string => ('toJSON' in [] ? own(it) : JSON.stringify(it));
