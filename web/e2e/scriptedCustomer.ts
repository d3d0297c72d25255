import { createHmac } from 'node:crypto';
import { WebSocket } from 'ws';
import { type Customer, customerSession } from '../client/customer/customer';
import { browserEffects, type SocketEvents } from '../client/line/effects';
import { memoryStore } from '../client/line/storage';
import type { Stack } from './stack';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token for a logged-in customer, signed as by the shop's server. */
export function siteToken(secret: string, sub: string, name: string): string {
  const claims = { aud: 'rejoin', sub, exp: Math.floor(Date.now() / 1000) + 3600, name };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** A customer without a browser: the widget's session on a WebSocket of Node. */
export class ScriptedCustomer {
  readonly session: Customer;
  private cutting = () => {};

  constructor(
    private stack: Stack,
    readonly name: string,
  ) {
    const sub = name.replace(/[^\w]/g, '_') + Math.random().toString(36).slice(2);
    this.session = customerSession({
      ws: `${stack.ws}?`,
      page: () => ({ url: stack.demo, title: 'Stoneware teapot', lang: 'en' }),
      token: async () => siteToken(this.stack.siteSecret, sub, name),
      effects: {
        ...browserEffects(memoryStore()),
        visible: () => true,
        watch: () => () => {},
        socket: (url, on) => this.dial(url, on),
      },
    });
    this.session.open();
  }

  /** The texts of both sides, in order. */
  get texts(): string[] {
    return this.session.state.items.filter(({ from }) => from !== 'system').map(({ text }) => text);
  }

  /** Is everything that was written acknowledged? */
  get settled(): boolean {
    return this.session.state.items.every(({ state }) => state === undefined);
  }

  /** Terminates the connection without telling the session. */
  cut(): void {
    this.cutting();
  }

  /** Ends the chat, so that it does not wait in later tests. */
  async leave(): Promise<void> {
    const { session } = this;
    session.open(); // where a test closed it
    if (session.state.room) await waitUntil(() => session.state.line === 'open');
    if (session.state.room && session.state.room.status !== 'ended') {
      session.end();
      await waitUntil(() => session.state.room?.status === 'ended');
    }
    session.close();
  }

  private dial(url: string, on: SocketEvents) {
    const socket = new WebSocket(url);
    socket.on('open', () => on.onopen());
    socket.on('message', (text) => on.onmessage({ data: text.toString() }));
    socket.on('close', () => on.onclose());
    socket.on('error', () => {}); // a close follows
    this.cutting = () => socket.terminate();
    return { send: (text: string) => socket.send(text), close: () => socket.close() };
  }
}

/** Waits until a condition is true. */
export async function waitUntil(holds: () => boolean, ms = 30_000): Promise<void> {
  for (const end = Date.now() + ms; !holds(); await new Promise((next) => setTimeout(next, 20)))
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${holds}`);
}
