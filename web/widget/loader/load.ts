import type { File } from '../embed';
import { base, line } from './script';

/** What is loaded, or on its way. */
const loads: Record<string, Promise<unknown>> = {};
let failures = 0;

/**
 * One function loads whatever the widget is made of. What an integrity hash on the embed line promises holds for each file:
 * it runs only if it is the one built.
 */
export function load<T>([name, integrity]: File): Promise<T> {
  // Browsers remember by its address that a module failed, so a retry needs another address.
  const href = `${base}/../${name}${'?'.repeat(failures)}`;
  const fetched = async () => {
    try {
      const link = document.createElement('link');
      // A browser without modulepreload fires no events for the link, and checks no integrity.
      if (!link.relList.supports('modulepreload')) throw link;
      await new Promise((onload, onerror) => {
        Object.assign(link, {
          rel: 'modulepreload',
          crossOrigin: '',
          integrity,
          nonce: line.nonce,
          onload,
          onerror,
          href,
        });
        document.head.append(link);
      });
      return await import(href);
    } catch {
      failures++;
      delete loads[name];
      // Neither a link nor an import says why it failed, so a fetch finds out. 200 means that the file was refused: its hash
      // differs, or the page's policy or the browser does not allow it.
      const answer = await fetch(href).catch((why) => why);
      throw new Error(`${href}: ${answer.status ?? answer}, online: ${navigator.onLine}`);
    }
  };
  loads[name] ??= fetched();
  return loads[name] as Promise<T>;
}
