import type { Effects } from './effects';
import { person } from './identity';
import { ANSWER, Line, NEVER } from './line';
import type {
  AckFrame,
  ClientFrame,
  Command,
  ErrorFrame,
  MessageFrame,
  PresenceFrame,
  ReadFrame,
  ServerFrame,
  TypingFrame,
} from './protocol';
import type { LineView } from './state';
import type { Thread } from './thread';

const RETRY = 1_000;
/** A join or a command that the server cannot take is tried so often. */
const TRIES = 5;
/** A join without an answer, on a line that answers other things, is tried so often before the line is given up. */
const JOINS = 3;
const DEVICE = 'rejoin/device';

export interface Options {
  /** The WebSocket's address, without the token. */
  ws: string;
  /** Called afresh for every connection; rejects with Refused when there is no identity. */
  token: () => Promise<string>;
  effects?: Effects;
}

/** Frames about a room that mean the same to both sides. */
type RoomNews = AckFrame | MessageFrame | PresenceFrame | TypingFrame | ReadFrame;
export type Answer = Exclude<ServerFrame, RoomNews>;

interface Ask {
  id: string;
  command: Command;
  done: ((answer: Answer | undefined) => void)[];
  due: number;
  line: number;
  tries: number;
}

/**
 * What both sides' sessions share: the line, joins, commands that are repeated until answered, and the texts of every
 * room. It is a state machine: each event calls step(), which does what is due and sets one timer for the next deadline.
 */
export abstract class Session<State extends LineView> {
  abstract state: State;
  readonly threads = new Map<string, Thread>();
  protected line: Line;
  protected who: string | undefined;
  private asks: Ask[] = [];
  private joining: { id: string; due: number; tries: number } | undefined;
  private count = 0;
  private listeners = new Set<(state: State) => void>();
  private timer: (() => void) | undefined;
  private unwatch: (() => void) | undefined;
  private stepping = false;
  private stamp = '';
  /** Changes when something beside the threads is to be kept. */
  protected touched = '';

  protected constructor(
    protected fx: Effects,
    options: Options,
  ) {
    const token = async () => {
      const made = await options.token();
      this.identify(person(made));
      return made;
    };
    this.line = new Line(fx, options.ws, token, {
      opened: () => this.join(1),
      frame: (frame, current) => this.received(frame, current),
      beat: (proof) => this.beat(proof),
      onScreen: () => this.onScreen(),
      step: () => this.step(),
    });
  }

  /** The fields of the next join. */
  protected abstract joinFrame(id: string): ClientFrame;
  /** When a join is wanted. */
  protected abstract joinAt(): number;
  protected abstract onScreen(): boolean;
  /** A room object, desk, queue …; action: of the frame that it answers; latest: it answers the newest join. */
  protected abstract on(frame: Answer, action: string | undefined, latest: boolean): void;
  /** News of a room that is not known here. */
  protected abstract unknown(room: string): void;
  /** Is the room one whose messages this client is to have? */
  protected abstract follows(thread: Thread): boolean;
  protected abstract view(): State;
  protected abstract save(): unknown;
  /** another: of another person than before, of whom nothing may stay. */
  protected abstract load(saved: unknown, another: boolean): void;
  protected refused(_error: ErrorFrame): void {}
  /** What else is due on a joined line; answers when next. */
  protected also(_now: number): number {
    return NEVER;
  }

  subscribe(fn: (state: State) => void): () => void {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }

  open(): void {
    this.unwatch ??= this.fx.watch(() => {
      this.line.nudge();
      this.step();
    });
    this.line.open();
    this.step();
  }

  takeOver(): void {
    this.open();
  }

  close(): void {
    this.keep();
    this.unwatch?.();
    this.unwatch = undefined;
    this.line.close();
    this.joining = undefined;
    for (const ask of this.asks.splice(0)) for (const done of ask.done) done(undefined);
    this.step();
  }

  /** Sends a command until it is answered; the same one twice is one. Done gets nothing when the session is closed. */
  protected ask(command: Command, done: (answer: Answer | undefined) => void): void {
    const same = JSON.stringify(command);
    const waiting = this.asks.find((ask) => JSON.stringify(ask.command) === same);
    if (waiting) waiting.done.push(done);
    else
      this.asks.push({
        id: `${command.action}:${++this.count}`,
        command,
        done: [done],
        due: 0,
        line: 0,
        tries: 0,
      });
    this.step();
  }

  /** Takes back commands that the server's state has answered already. */
  protected forget(which: (command: Command) => boolean): void {
    this.asks = this.asks.filter((ask) => !which(ask.command));
  }

  protected asking(action: Command['action']): boolean {
    return this.asks.some((ask) => ask.command.action === action);
  }

  protected nextId(action: string): string {
    return `${action}:${++this.count}`;
  }

  typingIn(thread: Thread | undefined): void {
    if (this.line.joined && thread?.mayType(this.fx.now()))
      this.line.send({ action: 'typing', room: thread.id });
  }

  /** Does all that is due, shows what changed, and sets the timer for what comes next. */
  step(): void {
    if (this.stepping) return;
    this.stepping = true;
    const now = this.fx.now();
    this.line.tick(now);
    for (const thread of this.threads.values()) thread.tick(now);
    const due = Math.min(
      this.talk(now), // before the line says what it waits for: what is sent here must be answered
      this.line.due(),
      ...[...this.threads.values()].map((thread) => thread.fades()),
    );
    this.stepping = false;
    this.timer?.();
    this.timer =
      due < NEVER && this.unwatch
        ? this.fx.after(Math.max(0, due - this.fx.now()), () => this.step())
        : undefined;
    this.keep();
    const view = this.view();
    if (same(view, this.state)) return;
    this.state = view;
    for (const fn of this.listeners) fn(this.state);
  }

  /** Sends what is due on the line; answers when there is more. */
  private talk(now: number): number {
    const { line, joining } = this;
    if (!line.id) return NEVER;
    if (joining && now >= joining.due) {
      if (joining.tries >= JOINS) line.lose();
      else this.join(joining.tries + 1);
    }
    if (!line.joined) return Math.min(this.joining?.due ?? NEVER, line.due());
    if (!this.joining && now >= this.joinAt()) this.join(1);
    let due = Math.min(this.joining?.due ?? this.joinAt(), this.also(now));
    for (const ask of this.asks) {
      if (this.held(ask.command)) continue;
      if (ask.line !== line.id || now >= ask.due) {
        Object.assign(ask, { line: line.id, due: now + ANSWER, tries: ask.tries + 1 });
        line.send({ ...ask.command, id: ask.id });
      }
      due = Math.min(due, ask.due);
    }
    for (const thread of this.threads.values()) {
      const text = thread.text(now, line.id);
      if (text) line.send({ action: 'message', room: thread.id, ...text });
      const seq = thread.read(now);
      if (seq) line.send({ action: 'read', room: thread.id, seq });
      due = Math.min(due, thread.due(line.id));
    }
    return due;
  }

  /** Who ends a chat or hands it over means: after what they wrote. */
  private held(command: Command): boolean {
    if (command.action !== 'end' && command.action !== 'release' && command.action !== 'transfer')
      return false;
    return this.threads.get(command.room)?.out.head !== undefined;
  }

  private join(tries: number): void {
    const now = this.fx.now();
    const id = this.nextId('join');
    this.joining = { id, due: now + ANSWER, tries };
    this.line.send(this.joinFrame(id));
    this.line.expect(now);
  }

  /** Names this browser, or this tab where each has a connection, to its person's other connections. */
  protected get device(): string {
    const kept = this.fx.store.get(DEVICE);
    if (kept) return kept;
    const made = this.fx.key();
    this.fx.store.set(DEVICE, made);
    return made;
  }

  private beat(proof: boolean): void {
    if (proof && !this.joining) return this.join(1);
    this.line.send({ action: 'ping' });
    this.line.expect(this.fx.now());
  }

  private received(frame: ServerFrame | { type?: undefined }, current: boolean): void {
    const now = this.fx.now();
    if (
      current &&
      (frame.type === undefined ||
        frame.type === 'pong' ||
        frame.type === 'ack' ||
        frame.type === 'error' ||
        frame.re)
    )
      this.line.heard();
    switch (frame.type) {
      case undefined: // the gateway's own error: it does not say of what
        return current ? this.hurry(now) : undefined;
      case 'pong':
        return;
      case 'replaced':
        if (current) this.joining = undefined;
        return this.line.replaced(current, frame.by === this.device);
      case 'error':
        return current ? this.fault(frame, now) : undefined;
      case 'ack':
      case 'message':
      case 'presence':
      case 'typing':
      case 'read':
        return this.news(frame, now);
      default:
        this.answered(frame, current);
    }
  }

  private answered(frame: Answer, current: boolean): void {
    const action = frame.re?.split(':')[0];
    const latest = current && frame.re !== undefined && frame.re === this.joining?.id;
    if (latest) this.joining = undefined;
    if (current && action === 'join') this.line.welcome();
    this.on(frame, action, latest);
    this.settle(frame);
  }

  private news(frame: RoomNews, now: number): void {
    const thread = this.threads.get(frame.room);
    if (!thread) return this.unknown(frame.room);
    switch (frame.type) {
      case 'ack':
        return thread.acked(frame, now);
      case 'message':
        thread.message(frame.message, now);
        if (!thread.room || !this.follows(thread)) this.unknown(frame.room);
        return;
      case 'presence':
        return thread.presence(frame);
      case 'typing':
        return thread.peerTypes(now);
      case 'read':
        if (frame.who === thread.peer) thread.peerReads(frame.seq);
    }
  }

  private fault(error: ErrorFrame, now: number): void {
    if (error.code === 'not_current') {
      this.joining = undefined;
      return this.line.notCurrent();
    }
    if (error.room !== undefined && error.no !== undefined) {
      this.threads.get(error.room)?.refused(error, now);
      return this.refused(error);
    }
    const { joining } = this;
    if (joining && error.re === joining.id) {
      if (error.retry && joining.tries < TRIES) joining.due = now + RETRY * joining.tries;
      else this.line.lose();
    } else if (error.re) this.settle(error);
    else if (error.retry) this.hurry(now);
  }

  private settle(answer: Answer): void {
    const at = this.asks.findIndex((ask) => ask.id === answer.re);
    const ask = this.asks[at];
    if (!ask) return;
    // A transfer to who is not there may succeed later, but whoever asked for it waits for an answer now.
    if (answer.type === 'error' && answer.retry && ask.tries < TRIES && ask.command.action !== 'transfer') {
      ask.due = this.fx.now() + RETRY * ask.tries;
      return;
    }
    this.asks.splice(at, 1);
    for (const done of ask.done) done(answer);
  }

  private hurry(now: number): void {
    const at = now + RETRY;
    if (this.joining) this.joining.due = Math.min(this.joining.due, at);
    for (const ask of this.asks) ask.due = Math.min(ask.due, at);
    for (const thread of this.threads.values()) thread.out.hurry(at);
  }

  /** Reads what was kept for this person. */
  private identify(who: string): void {
    if (who === this.who) return;
    const another = this.who !== undefined;
    if (another) this.threads.clear();
    this.who = who;
    const kept = this.fx.store.get(this.place);
    let saved: unknown;
    try {
      saved = kept ? JSON.parse(kept) : undefined;
    } catch {
      // Then there is nothing to go on from.
    }
    this.load(saved, another);
    this.step();
  }

  private get place(): string {
    return `rejoin/${this.who}`;
  }

  /**
   * At once, before anything else can happen: a text whose number is forgotten would be sent, and shown, twice.
   * Not once it is closed: what is kept belongs to another session by then.
   */
  private keep(): void {
    if (this.who === undefined || !this.unwatch) return;
    let stamp = this.touched;
    for (const { id, version } of this.threads.values()) stamp += `${id}:${version} `;
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    this.fx.store.set(this.place, JSON.stringify(this.save()));
  }
}

/** Are all fields the same? */
export function same(a: object, b: object): boolean {
  const other = b as Record<string, unknown>;
  const entries = Object.entries(a);
  return (
    entries.length === Object.keys(b).length && entries.every(([key, value]) => Object.is(value, other[key]))
  );
}
