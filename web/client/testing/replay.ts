import { isDeepStrictEqual } from 'node:util';
import { type Agent, agentSession } from '../agent/agent';
import { type Customer, customerSession } from '../customer/customer';
import type { Effects, SocketEvents } from '../line/effects';
import { memoryStore } from '../line/storage';
import type { Item } from '../room/state';
import type { AgentStatus } from '../wire/protocol';
import { settle } from './clock';
import { WS } from './sessions';
import { tokenOf } from './world';

type Words = [name: string, ...args: (string | number)[]];

/** What internal/proof/sim/world/recording.go wrote down of one device. */
export interface Trace {
  seed: number;
  device: string;
  side: 'customer' | 'agent';
  who: string;
  moments: Moment[];
}

export interface Moment {
  at: number;
  shown: boolean;
  in: Words;
  drew: [below: number, number: number][];
  out: Words[];
  due: number;
  line: string;
  rooms: { id: string; rev: number; status: string; mine: boolean; online: boolean; held: number[] }[];
  queue: string[];
  error: string;
}

/** Only the shown state changes when a text becomes slow and when typing ends, ms. */
const SLOW = 10_000;
const TYPING = 5_000;

/** Gives the recorded inputs of a Go client to this client, and fails where it does anything else. */
export class Replay {
  private session!: Customer | Agent;
  private now = 0;
  private shown = true;
  private numbers: Moment['drew'] = [];
  private out: Words[] = [];
  private sockets: SocketEvents[] = [];
  private timer: { at: number; fn: () => void } | undefined;
  private nudge: () => void = () => {};
  private fades = new Set<number>();
  /** What the recorded client reported of each text. */
  private reported = new Map<string, 'pending' | 'failed'>();
  /** Each text's words, by its key. */
  private words = new Map<string, string>();
  /** Rooms of failed texts. */
  private homes = new Map<string, string>();
  private store = memoryStore();

  constructor(private trace: Trace) {}

  async run(): Promise<void> {
    let due = 0;
    for (const [at, moment] of this.trace.moments.entries()) {
      await this.fade(moment.at, due, at);
      this.now = moment.at;
      this.shown = moment.shown;
      this.numbers = [...moment.drew];
      this.out = [];
      this.happen(moment.in);
      await settle();
      const { out, rooms, queue, line, error } = moment;
      this.same(
        at,
        'out',
        dialsLast(this.out),
        dialsLast(out.filter(([name]) => name !== 'acked' && name !== 'failed')),
      );
      this.same(at, 'drew', this.numbers, []);
      this.same(at, 'shows', this.picture(), { line, rooms, queue, error });
      this.wakes(at, moment.due);
      this.texts(at, moment);
      due = moment.due;
    }
  }

  private effects(): Effects {
    return {
      now: () => this.now,
      random: () => {
        const [below, number] = this.numbers.shift() ?? [0, 0];
        return number / below;
      },
      key: () => this.trace.device, // called once, for the device: texts have their keys
      after: (ms, fn) => {
        const timer = { at: this.now + ms, fn };
        this.timer = timer;
        return () => {
          if (this.timer === timer) this.timer = undefined;
        };
      },
      socket: (_url, on) => {
        const n = this.sockets.push(on);
        this.out.push(['dial', n]);
        return {
          send: (text) => this.out.push(['send', n, text]),
          close: () => this.out.push(['close', n]),
        };
      },
      visible: () => this.shown,
      watch: (fn) => {
        this.nudge = fn;
        return () => {};
      },
      store: this.store,
    };
  }

  private happen([name, ...args]: Words): void {
    const [first, second, third] = args as [string, string, string];
    const socket = this.sockets[Number(first) - 1];
    switch (name) {
      case 'open': {
        const options = { ws: WS, token: tokenOf(this.trace.who), effects: this.effects() };
        this.session = this.trace.side === 'agent' ? agentSession(options) : customerSession(options);
        return this.session.open();
      }
      case 'close':
        return this.session.close();
      case 'timer': {
        const { timer } = this;
        this.timer = undefined;
        return timer?.fn();
      }
      case 'opened':
        return socket?.onopen();
      case 'closed':
        return socket?.onclose();
      case 'frame':
        if (JSON.parse(second).type === 'typing') this.fades.add(this.now + TYPING);
        return socket?.onmessage({ data: second });
      case 'nudge':
        return this.nudge();
      case 'takeOver':
        return this.session.takeOver();
      case 'send':
        this.fades.add(this.now + SLOW);
        this.reported.set(args.at(-1) as string, 'pending');
        this.words.set(args.at(-1) as string, args.at(-2) as string);
    }
    if ('take' in this.session) this.atDesk(this.session, name, first, second, third);
    else this.atShop(this.session, name, first, second);
  }

  private atShop(session: Customer, name: string, first: string, second: string): void {
    switch (name) {
      case 'start':
        return session.start({ name: first, topic: second });
      case 'send':
        return session.send(first, second);
      case 'retry':
        this.again(first);
        return session.retry(first);
      case 'discard':
        this.reported.delete(first);
        return session.discard(first);
      case 'end':
      case 'seen':
      case 'typing':
        return session[name]();
    }
    throw new Error(`unknown: ${name}`);
  }

  private atDesk(session: Agent, name: string, first: string, second: string, third: string): void {
    switch (name) {
      case 'send':
        return session.send(first, second, third);
      case 'retry':
        this.again(first);
        return session.retry(this.homes.get(first) ?? '', first);
      case 'discard':
        this.reported.delete(first);
        return session.discard(this.homes.get(first) ?? '', first);
      case 'transfer':
        return session.transfer(first, second);
      case 'status':
        return session.setStatus(first as AgentStatus);
      case 'take':
      case 'end':
      case 'release':
      case 'seen':
      case 'typing':
        return session[name](first);
    }
    throw new Error(`unknown: ${name}`);
  }

  private again(key: string): void {
    this.fades.add(this.now + SLOW);
    this.reported.set(key, 'pending');
  }

  private items(): Item[] {
    if (!('take' in this.session)) return [...this.session.state.items, ...this.session.state.past];
    return Object.values(this.session.state.rooms).flatMap(({ items }) => items);
  }

  private picture(): Pick<Moment, 'line' | 'rooms' | 'queue' | 'error'> {
    const { line } = this.session.state;
    const held = (items: Item[], room: string) =>
      items.flatMap((item) => (item.room === room && item.seq !== undefined ? [item.seq] : []));
    if (!('take' in this.session)) {
      const { room, peerOnline, items } = this.session.state;
      const rooms = room
        ? [{ ...main(room), mine: false, online: peerOnline, held: held(items, room.id) }]
        : [];
      return { line, rooms, queue: [], error: '' };
    }
    const { rooms, queue, error } = this.session.state;
    return {
      line,
      rooms: Object.values(rooms).map(({ room, mine, peerOnline, items }) => ({
        ...main(room),
        mine,
        online: peerOnline,
        held: held(items, room.id),
      })),
      queue: queue.map(({ id }) => id),
      error: error?.code ?? '',
    };
  }

  /** Runs the timers that change only the shown state, up to a time. */
  private async fade(until: number, due: number, at: number): Promise<void> {
    while (this.timer && this.timer.at <= until && this.timer.at !== due) {
      const { timer } = this;
      this.timer = undefined;
      this.now = timer.at;
      this.out = [];
      timer.fn();
      await settle();
      this.same(at, 'does while only the shown state changes', this.out, []);
      this.wakes(at, due);
    }
  }

  private wakes(at: number, due: number): void {
    const timer = this.timer?.at ?? 0;
    const fades = this.fades.has(timer) && (!due || timer < due);
    if (!fades) this.same(at, 'wakes', timer, due);
  }

  /** Each text is shown as the recorded client reported it. */
  private texts(at: number, { out }: Moment): void {
    const items = this.items();
    const shown = (room: string) => !('take' in this.session) || room in this.session.state.rooms;
    for (const [name, key, room, seq] of out as [string, string, string, number][]) {
      if (name === 'failed') {
        this.reported.set(key, 'failed');
        this.homes.set(key, room);
      } else if (name === 'acked') {
        this.reported.delete(key);
        const item = items.find((it) => it.room === room && it.seq === seq);
        if (shown(room))
          this.same(
            at,
            `shows at ${room}#${seq}`,
            [item?.text, item?.state],
            [this.words.get(key), undefined],
          );
      }
    }
    for (const [key, reported] of this.reported) {
      const item = items.find((it) => it.key === key);
      if (!item && 'take' in this.session) continue; // its room is not shown yet
      const state = item?.state === 'failed' ? 'failed' : item && 'pending';
      this.same(at, `shows of ${key}`, state, reported);
    }
  }

  private same(at: number, what: string, got: unknown, want: unknown): void {
    if (isDeepStrictEqual(got, want)) return;
    const { seed, device, moments } = this.trace;
    const story = moments
      .slice(Math.max(0, at - 8), at + 1)
      .map((it) => `${it.at} ${it.in.join(' ')}\n      → ${JSON.stringify(it.out)}, due ${it.due}`);
    throw new Error(
      `seed ${seed}, ${device}, moment ${at}: ${what}\n${story.join('\n')}\n` +
        `the browser's: ${JSON.stringify(got)}\nrecorded:      ${JSON.stringify(want)}`,
    );
  }
}

const main = ({ id, rev, status }: { id: string; rev: number; status: string }) => ({ id, rev, status });

/** Dials come last, because the client waits for its token. Frames are compared as objects. */
function dialsLast(out: Words[]): unknown[] {
  const said = out.map(([name, n, text]) =>
    name === 'send' ? [name, n, JSON.parse(String(text))] : [name, n],
  );
  return [...said.filter(([name]) => name !== 'dial'), ...said.filter(([name]) => name === 'dial')];
}
