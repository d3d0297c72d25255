import type { Hashes } from '../embed';
import { base, script } from './script';

/** One question mark for each failure: browsers remember failed modules by address, so a retry needs another one. */
let failures = '';

/** Loads a file of the widget by its name. It runs only if it has the hash that the build wrote down. */
export async function load<T, Name extends string>(hashes: Hashes<Name>, name: Name): Promise<T> {
  const hash = hashes[name];
  const href = `${base}/../${name}-${/\w{8}/.exec(hash)}.js${failures}`;
  try {
    const link = document.createElement('link');
    // A browser without modulepreload fires no events for the link, and checks no integrity.
    if (!link.relList.supports('modulepreload')) throw link;
    await new Promise((onload, onerror) => {
      Object.assign(link, {
        rel: 'modulepreload',
        crossOrigin: '',
        integrity: `sha256-${hash}`,
        nonce: script.nonce,
        onload,
        onerror,
        href,
      });
      document.documentElement.append(link);
    });
    return await import(href);
  } catch {
    failures += '?';
    // Neither a link nor an import says why it failed, so a fetch finds out. 200 means that the file was refused: its hash
    // differs, or the page's policy or the browser does not allow it.
    const answer = await fetch(href).catch((why) => why);
    throw new Error(`${href}: ${answer.status ?? answer}, online: ${navigator.onLine}`);
  }
}
