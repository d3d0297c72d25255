/** JSON that ignores a `toJSON` which the page has added to arrays or objects, as Prototype.js did. */
export const json = (it: unknown): string =>
  JSON.stringify(it, function (this: Record<string, unknown>, key: string) {
    return this[key];
  });
