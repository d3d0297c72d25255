import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const PATIENCE = 20_000;
/** As WebDriver writes keys. */
const SHIFT = '\uE008';
export const ENTER = '\uE007';

interface Element {
  [ELEMENT]: string;
}

/** A visible element, in shadow roots too: its selector, and what its text contains. */
export interface Wanted {
  css: string;
  text?: string;
}

/**
 * A distribution's WebKit, driven by W3C WebDriver: Playwright cannot drive it. It has no headless mode and gets a screen of its own.
 */
export class WebKit {
  private constructor(
    private programs: ChildProcess[],
    private session: string,
  ) {}

  static async start(): Promise<WebKit> {
    const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [display] = await once(createInterface(screen.stdout), 'line');
    const port = 20_000 + Number(display);
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${display}`,
        LANG: 'C.UTF-8',
        // Its sandbox does not start for root.
        ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
      },
    });
    const address = `http://127.0.0.1:${port}`;
    const capabilities = {
      alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { args: ['--automation'] } },
    };
    await holds(() => call('GET', `${address}/status`));
    const { sessionId } = await call('POST', `${address}/session`, { capabilities });
    return new WebKit([driver, screen], `${address}/session/${sessionId}`);
  }

  async end(): Promise<void> {
    await call('DELETE', this.session).catch(() => {});
    for (const program of this.programs) program.kill();
  }

  visit(url: string): Promise<unknown> {
    return this.ask('POST', 'url', { url });
  }

  reload(): Promise<unknown> {
    return this.ask('POST', 'refresh', {});
  }

  size(width: number, height: number): Promise<unknown> {
    return this.ask('POST', 'window/rect', { width, height });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(await this.ask('GET', 'screenshot'), 'base64');
  }

  /** Runs a function in the page. */
  run<T, A extends unknown[]>(fn: (...args: A) => T, ...args: A): Promise<Awaited<T>> {
    return this.ask('POST', 'execute/sync', { script: `return (${fn})(...arguments)`, args });
  }

  /** Waits for an element; of several the last one. */
  async find(wanted: Wanted): Promise<Element> {
    return holds(async () => {
      const found = await this.run(look, wanted);
      return found.at(-1) as unknown as Element | undefined;
    }, wanted);
  }

  /** The texts of all matching elements, in document order. */
  async texts(css: string): Promise<string[]> {
    return this.run((css) => {
      const roots: ParentNode[] = [
        document,
        ...[...document.querySelectorAll('*')].flatMap((it) => it.shadowRoot ?? []),
      ];
      return roots
        .flatMap((root) => [...root.querySelectorAll(css)])
        .map((it) => it.textContent?.trim() ?? '');
    }, css);
  }

  async click(wanted: Wanted): Promise<void> {
    const element = await this.find(wanted);
    // WebKit's driver does not scroll a list inside a shadow root.
    await this.run((it) => (it as unknown as HTMLElement).scrollIntoView({ block: 'nearest' }), element);
    await this.ask('POST', `element/${element[ELEMENT]}/click`, {});
  }

  /** Types into a field key by key; a new line is Shift and Enter. */
  async type(wanted: Wanted, text: string): Promise<void> {
    const element = await this.find(wanted);
    // WebKit's driver holds a modifier until the end of a command, even after a NULL key.
    for (const keys of text.split(/(\n)/).filter(Boolean))
      await this.ask('POST', `element/${element[ELEMENT]}/value`, {
        text: keys === '\n' ? SHIFT + ENTER : keys,
      });
  }

  async gone(wanted: Wanted): Promise<void> {
    await holds(async () => !(await this.run(look, wanted)).length, wanted);
  }

  // biome-ignore lint/suspicious/noExplicitAny: what a command answers
  private ask(method: string, path: string, body?: object): Promise<any> {
    return call(method, `${this.session}/${path}`, body);
  }
}

/** In the page. */
function look({ css, text = '' }: Wanted): globalThis.Element[] {
  const roots: ParentNode[] = [
    document,
    ...[...document.querySelectorAll('*')].flatMap((it) => it.shadowRoot ?? []),
  ];
  return roots
    .flatMap((root) => [...root.querySelectorAll(css)])
    .filter((it) => it.getClientRects().length > 0 && it.textContent?.includes(text));
}

/** Repeats a request until its result is truthy. */
async function holds<T>(ask: () => Promise<T | undefined | false>, what?: unknown): Promise<T> {
  for (const end = Date.now() + PATIENCE; ; await new Promise((next) => setTimeout(next, 50))) {
    const answer = await ask().catch((error) => {
      if (Date.now() > end) throw error;
    });
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${PATIENCE} ms: ${JSON.stringify(what)}`);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what a command answers
async function call(method: string, url: string, body?: object): Promise<any> {
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error} ${value.message}`);
  return value;
}
