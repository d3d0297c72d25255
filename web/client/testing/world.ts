import type { Effects, SocketEvents } from '../line/effects';
import { memoryStore, type Store } from '../line/storage';
import { Clock, seeded } from './clock';
import { CALM, type Connection, type Faults, type Network, type Wire } from './network';
import { Server } from './server';

/** Clients and a test server, the network between them, and a clock of their own. */
export class World implements Network {
  clock = new Clock();
  random: () => number;
  faults: Faults = { ...CALM };
  connections: Connection[] = [];
  /** Called before the server, or a client, gets a frame: true drops it. */
  up: (frame: Wire, from: Connection) => boolean = () => false;
  down: (frame: Wire, to: Connection) => boolean = () => false;
  refuse = false;
  server: Server;

  constructor(seed = 1) {
    this.random = seeded(seed);
    this.server = new Server(this);
  }

  calm(): void {
    this.faults = { ...CALM };
  }

  chance(p: number): boolean {
    return p > 0 && this.random() < p;
  }

  pass(ms: number): Promise<void> {
    return this.clock.pass(ms);
  }

  /** A person's newest connection. Throws if there never was one. */
  line(who: string): Connection {
    const line = this.connections.filter((connection) => connection.who === who).at(-1);
    if (!line) throw new Error(`${who} never connected`);
    return line;
  }

  /** The frames with one action that a person has sent, over all connections. */
  sent(who: string, action: string): Wire[] {
    return this.connections
      .filter((connection) => connection.who === who)
      .flatMap(({ sent }) => sent.filter((frame) => frame.action === action));
  }

  /** The effects of one page; a store that is passed in outlives the page. */
  browser(store: Store = memoryStore()): Effects & { shown: boolean; nudge(): void } {
    const watchers = new Set<() => void>();
    let keys = 0;
    const page = `${this.random()}`.slice(2, 8);
    const fx = {
      shown: true,
      nudge: () => {
        for (const fn of [...watchers]) fn();
      },
      now: () => this.clock.now,
      random: () => this.random(),
      key: () => `${page}-${++keys}`,
      after: (ms: number, fn: () => void) => this.clock.after(ms, fn),
      socket: (url: string, on: SocketEvents) => this.dial(url, on),
      visible: (): boolean => fx.shown,
      watch: (fn: () => void) => {
        watchers.add(fn);
        return () => watchers.delete(fn);
      },
      store,
    };
    return fx;
  }

  post(to: Connection, frame: Wire): void {
    if (!to.up || this.down(frame, to)) return;
    this.carry(() => {
      if (to.up && !to.dead) to.on.onmessage({ data: JSON.stringify(frame) });
    });
  }

  /** The gateway closes a connection and tells both ends. */
  close(connection: Connection): void {
    if (!connection.up) return;
    connection.up = false;
    this.server.gone(connection);
    this.clock.after(this.wait(), () => !connection.dead && connection.on.onclose());
  }

  private dial(url: string, on: SocketEvents) {
    const { sub } = JSON.parse(
      atob(decodeURIComponent(url.split('token=')[1] ?? '').split('.')[1] ?? ''),
    ) as { sub: string };
    const role = sub.startsWith('a_') ? 'agent' : 'customer';
    const at = this.connections.length + 1;
    const connection: Connection = {
      id: `L${at}`,
      who: sub,
      role,
      at,
      up: false,
      dead: false,
      on,
      url,
      sent: [],
    };
    this.connections.push(connection);
    this.clock.after(this.wait(), () => {
      if (this.refuse) return on.onclose();
      connection.up = true;
      on.onopen();
    });
    return {
      send: (text: string) => {
        const frame = JSON.parse(text);
        connection.sent.push(frame);
        if (!connection.up || connection.dead || this.up(frame, connection)) return;
        this.carry(() => connection.up && this.server.handle(connection, frame));
      },
      close: () => {
        if (!connection.dead) this.close(connection);
      },
    };
  }

  private carry(deliver: () => void): void {
    if (this.chance(this.faults.loss)) return;
    this.clock.after(this.wait(), deliver);
    if (this.chance(this.faults.twice)) this.clock.after(this.wait() + this.wait(), deliver);
  }

  private wait(): number {
    return this.faults.delay > 1 ? 1 + Math.floor(this.random() * this.faults.delay) : 1;
  }
}

/** Makes unsigned tokens: the test server does not verify them. */
export function tokenOf(who: string): () => Promise<string> {
  // A visitor's token names its algorithm.
  const header = who.startsWith('v_') ? '{"alg":"ES256"}' : '{}';
  return async () => `${btoa(header)}.${btoa(JSON.stringify({ sub: who }))}.`;
}
