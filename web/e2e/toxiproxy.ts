import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import type { BrowserContext } from '@playwright/test';

/** As localstack/e2e/fire_network_test.go reads them. */
interface Trouble {
  name: string;
  toxics: { type: string; stream: string; attributes: object }[];
  least: number;
  most: number;
}

const troubles: Trouble[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../localstack/e2e/troubles.json'), 'utf8'),
);

function named(name: string): Trouble {
  const found = troubles.find((it) => it.name === name);
  if (!found) throw new Error(`there is no trouble ${name}`);
  return found;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Gives the pages of this browser another address for the gateway. */
export async function connectThrough(context: BrowserContext, ws: string): Promise<void> {
  await context.route('**/config.json', async (route) => {
    const config = await (await route.fetch()).json();
    await route.fulfill({ json: { ...config, ws } });
  });
}

/** A toxiproxy process: networks with troubles between browsers and the stack. */
export class Toxiproxy {
  readonly made = new Map<string, number>();
  private stopped = false;
  private working: Promise<void>[] = [];
  private deck: Trouble[] = [];

  private constructor(
    private program: ChildProcess,
    private api: string,
  ) {}

  static async start(): Promise<Toxiproxy> {
    const path = process.env.TOXIPROXY;
    if (!path) throw new Error('TOXIPROXY names the program, as the Makefile does');
    const port = await freePort();
    const program = spawn(path, ['-host', '127.0.0.1', '-port', `${port}`], { stdio: 'ignore' });
    const toxiproxy = new Toxiproxy(program, `http://127.0.0.1:${port}`);
    for (let i = 0; i < 200; i++) {
      const up = await fetch(`${toxiproxy.api}/version`).catch(() => undefined);
      if (up?.ok) return toxiproxy;
      await wait(50);
    }
    throw new Error('toxiproxy does not start');
  }

  end(): void {
    this.stopped = true;
    this.program.kill();
  }

  /** Connects a browser to the gateway through a proxy of this name, which it returns. */
  async connect(context: BrowserContext, ws: string, name: string): Promise<string> {
    const at = new URL(ws);
    const proxy = await this.ask('POST', '/proxies', { name, listen: '127.0.0.1:0', upstream: at.host });
    at.host = proxy.listen;
    await connectThrough(context, at.href);
    return name;
  }

  /** Drops all data without closing the connection, until restore(). */
  async halfOpen(name: string): Promise<void> {
    await this.begin(name, named('half-open'));
  }

  async restore(name: string): Promise<void> {
    await this.over(name, named('half-open'));
  }

  /** Makes random troubles until calm(). */
  disturb(name: string, random: () => number): void {
    const work = async () => {
      for (;;) {
        await this.pause(1_000 + 7_000 * random());
        if (this.stopped) return;
        const trouble = this.next(random);
        this.made.set(trouble.name, (this.made.get(trouble.name) ?? 0) + 1);
        await this.begin(name, trouble);
        await this.pause(trouble.least + (trouble.most - trouble.least) * random());
        await this.over(name, trouble);
      }
    };
    this.working.push(work());
  }

  async calm(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  /** The next trouble, shuffled: every kind comes once before any repeats. */
  private next(random: () => number): Trouble {
    if (!this.deck.length) this.deck = [...troubles];
    return this.deck.splice(Math.floor(random() * this.deck.length), 1)[0] as Trouble;
  }

  private async begin(name: string, { toxics }: Trouble): Promise<void> {
    if (!toxics.length) await this.ask('POST', `/proxies/${name}`, { enabled: false });
    for (const toxic of toxics) await this.ask('POST', `/proxies/${name}/toxics`, toxic);
  }

  private async over(name: string, { toxics }: Trouble): Promise<void> {
    if (!toxics.length) await this.ask('POST', `/proxies/${name}`, { enabled: true });
    for (const { type, stream } of toxics)
      await this.ask('DELETE', `/proxies/${name}/toxics/${type}_${stream}`);
  }

  private async pause(ms: number): Promise<void> {
    for (const end = Date.now() + ms; !this.stopped && Date.now() < end; )
      await wait(Math.min(200, end - Date.now()));
  }

  private async ask(method: string, path: string, body?: object) {
    const answer = await fetch(this.api + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
