import type { Effects } from '../line/effects';
import { ANSWER_TIMEOUT, NEVER, openLine } from '../line/line';
import type { LineView } from '../line/state';
import type { Thread } from '../room/thread';
import { json } from '../wire/json';
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
} from '../wire/protocol';
import { storageNameOf, VISITOR_PREFIX } from './subject';

const RETRY = 1_000;
/** A join or a command that the server cannot take is tried so often. */
const TRIES = 5;
/** A join without an answer, on a line that answers other things, is tried so often before the line is given up. */
const JOINS = 3;
const PLACE = 'rejoin/';
const DEVICE = 'rejoin.device';
/** The version of what is stored; other versions are not read. */
const VERSION = 1;

export interface Options {
  /** The WebSocket's address up to the token: with a `?`, and the shop that is meant. */
  ws: string;
  /** Called afresh for every connection; rejects with Refused when there is no identity. */
  token: () => Promise<string>;
}

/** Frames about a room that mean the same to both sides. */
type SharedRoomFrame = AckFrame | MessageFrame | PresenceFrame | TypingFrame | ReadFrame;
export type Answer = Exclude<ServerFrame, SharedRoomFrame>;
const NEWS = /^(ack|message|presence|typing|read)$/;

/** What every frame may have. */
interface Received {
  type?: string;
  re?: string;
  room?: unknown;
  by?: string;
}

interface Ask {
  id: string;
  command: Command;
  done: ((answer: Answer | undefined) => void)[];
  due: number;
  line: number;
  tries: number;
}

/** What the customer's and the agent's session differ in. */
export interface SessionRole<State> {
  /** The fields of the next join; without a device only the required ones. */
  joinFrame(id: string, device: string | undefined): ClientFrame;
  /** When a join is wanted. */
  joinAt(): number;
  onScreen(): boolean;
  /** A room object, desk, queue …; action: of the frame that it answers; latest: it answers the newest join. */
  on(frame: Answer, action: string | undefined, latest: boolean): void;
  /** News of a room that is not known here. */
  unknown(room: string): void;
  /** Is the room one whose messages this client is to have? */
  follows(thread: Thread): boolean;
  view(before: State | undefined): State;
  /** For a visitor, texts may stay in storage when the chat is over. */
  save(visitor: boolean): object;
  /** another: of another person than before, of whom nothing may stay. */
  load(saved: unknown, another: boolean): void;
  refused?(error: ErrorFrame): void;
  /** What else is due on a joined line; answers when next. */
  also?(now: number): number;
}

export type Session<State> = ReturnType<typeof openSession<State & LineView>>;

/**
 * What both sides' sessions share: the line, joins, commands that are repeated until answered, and the texts of every
 * room. It is a state machine: each event calls step(), which does what is due and sets one timer for the next deadline.
 */
export function openSession<State extends LineView>(fx: Effects, options: Options, role: SessionRole<State>) {
  const threads = new Map<string, Thread>();
  /** Names this browser, or this tab where each has a connection, to its person's other connections. */
  const device = fx.store.get(DEVICE) ?? fx.key();
  fx.store.set(DEVICE, device);
  const listeners = new Set<(state: State) => void>();
  let who: string | undefined;
  const asks = new Map<string, Ask>();
  let joining: { id: string; due: number; tries: number } | undefined;
  /** The server has refused the optional fields of the join. */
  let bare = false;
  /** Something could not be drawn. */
  let drawn = false;
  let count = 0;
  let timer: (() => void) | undefined;
  let unwatch: (() => void) | undefined;
  let stepping = false;
  let kept: string | undefined;
  let state: State | undefined;

  const line = openLine(
    fx,
    options.ws,
    async () => {
      const made = await options.token();
      const name = storageNameOf(made);
      identify(name);
      // A shared computer keeps nothing of a customer who has logged out. A visitor stays with this browser's key.
      fx.store.prune(
        (key) =>
          key.startsWith(PLACE) &&
          key[PLACE.length] !== VISITOR_PREFIX &&
          key.split('site=')[0] !== PLACE + name,
      );
      return made;
    },
    {
      opened: () => join(1),
      frame: received,
      beat(proof) {
        if (proof && !joining) return join(1);
        line.send({ action: 'ping' });
        line.expect(fx.now());
      },
      onScreen: () => role.onScreen(),
      step,
    },
  );

  /** Sends a command until it is answered; the same one twice is one. Done gets nothing when the session is closed. */
  function ask(command: Command, done: (answer: Answer | undefined) => void = () => {}): void {
    const key = json(command);
    const one = asks.get(key) ?? {
      id: nextId(command.action),
      command,
      done: [],
      due: 0,
      line: 0,
      tries: 0,
    };
    asks.set(key, one);
    one.done.push(done);
    step();
  }

  const nextId = (action: string) => `${action}:${++count}`;

  /** Does all that is due, shows what changed, and sets the timer for what comes next. */
  function step(): void {
    if (stepping) return;
    stepping = true;
    state = it.state;
    const now = fx.now();
    line.tick(now);
    for (const thread of threads.values()) thread.tick(now);
    // Talk first, for what is sent there must be answered: then the line says what it waits for.
    const due = Math.min(talk(now), line.due(), ...[...threads.values()].map((thread) => thread.fades()));
    stepping = false;
    timer?.();
    timer = due < NEVER && unwatch ? fx.after(Math.max(0, due - fx.now()), step) : undefined;
    keep();
    const view = role.view(state);
    if (!shallowEqual(view, state)) show(view);
  }

  function show(view: State): void {
    state = view;
    try {
      for (const fn of listeners) fn(view);
    } catch (fault) {
      // biome-ignore lint/suspicious/noConsole: a picture that cannot be drawn
      console.error('Rejoin:', fault);
      anew();
    }
  }

  /** Throws away what cannot be drawn, once, so that it does not fail on every load; the server has the rest. */
  function anew(): void {
    if (drawn) return;
    drawn = true;
    threads.clear();
    role.load(undefined, true);
    if (line.id) join(1);
  }

  /** Sends what is due on the line; answers when there is more. */
  function talk(now: number): number {
    if (!line.id) return NEVER;
    if (joining && now >= joining.due) {
      if (joining.tries >= JOINS) line.lose();
      else join(joining.tries + 1);
    }
    if (!line.joined) return joining?.due ?? NEVER;
    if (!joining && now >= role.joinAt()) join(1);
    let due = Math.min(joining?.due ?? role.joinAt(), role.also?.(now) ?? NEVER);
    for (const one of asks.values()) {
      if (held(one.command)) continue;
      if (one.line !== line.id || now >= one.due) {
        one.line = line.id;
        one.due = now + ANSWER_TIMEOUT;
        one.tries++;
        line.send({ ...one.command, id: one.id });
      }
      due = Math.min(due, one.due);
    }
    for (const thread of threads.values()) {
      const text = thread.text(now, line.id);
      if (text) line.send({ action: 'message', room: thread.id, ...text });
      const seq = thread.mark(now);
      if (seq) line.send({ action: 'read', room: thread.id, seq });
      due = Math.min(due, thread.due(line.id));
    }
    return due;
  }

  /** Who ends a chat or hands it over means: after what they wrote. */
  function held({ action, room = '' }: Command & { room?: string }): boolean {
    return /^(end|release|transfer)$/.test(action) && !!threads.get(room)?.out.head;
  }

  function join(tries: number): void {
    const now = fx.now();
    const id = nextId('join');
    joining = { id, due: now + ANSWER_TIMEOUT, tries };
    line.send(role.joinFrame(id, bare ? undefined : device));
    line.expect(now);
  }

  function received(frame: Received, current: boolean): void {
    const now = fx.now();
    const { type, room } = frame;
    if (current && (!type || frame.re || /pong|ack|error/.test(type))) line.heard();
    if (NEWS.test(`${type}`)) {
      const thread = threads.get(`${room}`);
      thread?.[type as SharedRoomFrame['type']](frame as never, now);
      if (!thread || (type === 'message' && !(thread.room && role.follows(thread)))) role.unknown(`${room}`);
    } else if (type === 'replaced') {
      if (current) joining = undefined;
      line.replaced(current, frame.by === device);
    } else if (type && type !== 'error') answered(frame as Answer, current);
    // The gateway's own error has no type: it does not say of what.
    else if (current) fault(frame as ErrorFrame, now);
  }

  function answered(frame: Answer, current: boolean): void {
    const action = frame.re?.split(':')[0];
    const latest = current && !!joining && frame.re === joining.id;
    if (latest) joining = undefined;
    if (current && action === 'join') line.welcome();
    role.on(frame, action, latest);
    settle(frame.re, frame);
  }

  function fault(error: ErrorFrame, now: number): void {
    const { code, room, no, re, retry } = error;
    if (code === 'not_current') {
      joining = undefined;
      line.notCurrent();
    } else if (room !== undefined && no !== undefined) {
      threads.get(room)?.refused(error, now);
      role.refused?.(error);
    } else if (joining && re === joining.id) {
      if (retry && joining.tries < TRIES) joining.due = now + RETRY * joining.tries;
      // Who is blocked is kept out by the gateway from now on, until they are let in.
      else if (retry || code === 'forbidden') line.lose();
      // A refusal that lasts is never answered by the same frame.
      else if (bare) line.close('refused');
      else {
        bare = true;
        join(1);
      }
    } else if (re) settle(re, error);
    else {
      const at = now + RETRY;
      if (retry || !code)
        for (const one of [joining, ...asks.values()]) if (one) one.due = Math.min(one.due, at);
      // Of read marks, which have no id, nothing tells of which room they are.
      for (const thread of threads.values())
        if (retry || !code) thread.out.hurry(at);
        else thread.barred = true;
    }
  }

  function settle(id: string | undefined, answer?: Answer): void {
    for (const [same, one] of asks) {
      if (one.id !== id) continue;
      // A transfer to who is not there may succeed later, but whoever asked for it waits for an answer now.
      if (answer?.type === 'error' && answer.retry && one.tries < TRIES && one.command.action !== 'transfer')
        one.due = fx.now() + RETRY * one.tries;
      else {
        asks.delete(same);
        for (const done of one.done) done(answer);
      }
    }
  }

  /** Reads what was kept for this person. */
  function identify(name: string): void {
    const now = name + options.ws.split('?')[1]; // at another shop, another person
    if (now === who) return;
    const another = who !== undefined;
    if (another) threads.clear();
    who = now;
    try {
      const saved = JSON.parse(`${fx.store.get(PLACE + who)}`);
      role.load(saved?.v === VERSION ? saved : undefined, another);
    } catch {
      // Then there is nothing to go on from.
      threads.clear();
      role.load(undefined, true);
    }
    step();
  }

  /**
   * At once, before anything else can happen: a text whose number is forgotten would be sent, and shown, twice.
   * Not once it is closed: what is kept belongs to another session by then.
   */
  function keep(): void {
    if (!who || !unwatch) return;
    const now = json({ v: VERSION, ...role.save(who[0] === VISITOR_PREFIX) });
    if (now !== kept) fx.store.set(PLACE + who, now);
    kept = now;
  }

  const it = {
    threads,
    asks,
    line,
    ask,
    nextId,
    step,
    identify,
    /** Takes a state from elsewhere for this session's own. */
    show,

    get state(): State {
      state ??= role.view(undefined);
      return state;
    },

    subscribe(fn: (state: State) => void): () => void {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },

    open(): void {
      unwatch ??= fx.watch(() => {
        line.nudge();
        step();
      });
      line.open();
      step();
    },

    close(): void {
      keep();
      unwatch?.();
      unwatch = undefined;
      line.close();
      // Another session may go on, so that the next time what it kept is read anew.
      who &&= '';
      joining = undefined;
      for (const { id } of asks.values()) settle(id);
      step();
    },

    typingIn(thread: Thread | undefined): void {
      if (line.joined && thread?.mayType(fx.now())) line.send({ action: 'typing', room: thread.id });
    },
  };
  return it;
}

/** Is it a refusal that lasts? */
export const isPermanentRefusal = (answer: Answer | undefined): boolean =>
  answer?.type === 'error' && !answer.retry;

/** Are all fields the same? */
export function shallowEqual(a: object, b: object | undefined): boolean {
  return !!b && Object.keys({ ...a, ...b }).every((key) => a[key as never] === b[key as never]);
}
