import type { File } from './embed';
import { base, line } from './where';

/** What is loaded, or on its way. */
const loads: Record<string, Promise<unknown>> = {};
let failures = 0;

/**
 * One function loads whatever the widget is made of. What an integrity hash on the embed line promises holds for each file:
 * it runs only if it is the one built.
 */
export function load<T>([name, integrity]: File): Promise<T> {
  // Browsers remember that a module failed, by its address: it is asked for under another one.
  const { href } = new URL(name + '?'.repeat(failures), base);
  const fetched = async () => {
    try {
      const link = document.createElement('link');
      // A browser that knows no such links fires no events either, and checks nothing.
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
      // Neither a link nor an import says why it failed. What can be fetched (200) was refused: it is not what was built, or
      // the page's policy or the browser does not take it.
      const answer = await fetch(href).catch((why) => why);
      throw new Error(`${href}: ${answer.status ?? answer}, online: ${navigator.onLine}`);
    }
  };
  loads[name] ??= fetched();
  return loads[name] as Promise<T>;
}
