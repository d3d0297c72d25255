import type { File } from '../embed';
import { base, script } from './script';

/** Files that are loaded or being loaded, by name. */
const loading: Record<string, Promise<unknown>> = {};
let failures = 0;

/** Loads a file of the widget. It runs only if it has the integrity hash that the build wrote down, as an embed script with one does. */
export function load<T>([name, integrity]: File): Promise<T> {
  // Browsers remember failed modules by address, so a retry needs another address.
  const href = `${base}/../${name}${'?'.repeat(failures)}`;
  const attempt = async () => {
    try {
      const link = document.createElement('link');
      // A browser without modulepreload fires no events for the link, and checks no integrity.
      if (!link.relList.supports('modulepreload')) throw link;
      await new Promise((onload, onerror) => {
        Object.assign(link, {
          rel: 'modulepreload',
          crossOrigin: '',
          integrity,
          nonce: script.nonce,
          onload,
          onerror,
          href,
        });
        document.head.append(link);
      });
      return await import(href);
    } catch {
      failures++;
      delete loading[name];
      // Neither a link nor an import says why it failed, so a fetch finds out. 200 means that the file was refused: its hash
      // differs, or the page's policy or the browser does not allow it.
      const answer = await fetch(href).catch((why) => why);
      throw new Error(`${href}: ${answer.status ?? answer}, online: ${navigator.onLine}`);
    }
  };
  loading[name] ??= attempt();
  return loading[name] as Promise<T>;
}
