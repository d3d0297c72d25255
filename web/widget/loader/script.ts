/** The address of rejoin.js or of a pinned build of it. */
const ADDRESS = /[^\s"(@,]*\brejoin(-\S+)?\.js/;

const addressIn = (script: Element) => ADDRESS.exec((script.cloneNode() as Element).outerHTML)?.[0];

/**
 * The embed script, with the data- attributes. `currentScript` alone is not enough: modules have none, plug-ins that delay scripts keep
 * the address in another attribute, and those that inline scripts leave no address in the stack.
 */
export const script = ([document.currentScript, ...document.scripts].find((it) => it && addressIn(it)) ??
  document.documentElement) as HTMLElement;
/** The embed script's data- attributes. */
export const data = script.dataset;
const address = ADDRESS.exec(Error().stack as string)?.[0] ?? addressIn(script);
/** This script's address. Not resolved by `URL`, which some pages overwrite. */
export const base = address && new Request(address).url;
