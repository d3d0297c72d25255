import type { Hashes } from '../embed';
import { base, script } from './script';

/** Of each file one question mark for each failure: browsers remember failed modules by address, so a retry needs another one. */
const failures: Record<string, string> = {};

/** Loads a file of the widget by its name. It runs only if it has the hash that the build wrote down. */
export async function load<T, Name extends string>(hashes: Hashes<Name>, name: Name): Promise<T> {
  const hash = hashes[name];
  const failed = failures[name] ?? '';
  const href = `${base}/../${name}-${/\w{8}/.exec(hash)}.js${failed}`;
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
      document.head.append(link);
    });
    return await import(href);
  } catch {
    failures[name] = `${failed}?`;
    // Neither a link nor an import says why it failed, so a fetch finds out. 200 means that the file was refused: its hash
    // differs, or the page's policy or the browser does not allow it.
    const answer = await fetch(href).catch((why) => why);
    throw new Error(`${href}: ${answer.status ?? answer}, online: ${navigator.onLine}`);
  }
}
