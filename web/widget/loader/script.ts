/** rejoin.js, or a pinned build of it. */
const NAME = /[^\s"(@,]*\brejoin(-\S+)?\.js/;

const named = (script: Element) => NAME.exec((script.cloneNode() as Element).outerHTML)?.[0];

/**
 * The embed line and the address of this script. `currentScript` alone does not do: a module has none, a plug-in that delays scripts keeps
 * the address in another attribute, and one that inlines scripts leaves no address in the stack.
 */
export const line = ([document.currentScript, ...document.scripts].find((it) => it && named(it)) ??
  document.documentElement) as HTMLElement;
const at = NAME.exec(Error().stack as string)?.[0] ?? named(line);
/** Not by `URL`, which some pages have as a variable of their own. */
export const base = at && new Request(at).url;
