import { Repeat } from '../line/backoff';
import type { Effects } from '../line/effects';
import { NEVER, openLine } from '../line/line';
import type { LineView } from '../line/state';
import type { Thread } from '../room/thread';
import { json } from '../wire/json';
import type { Command, ErrorFrame } from '../wire/protocol';
import type { Answer, IsDue, Options, SessionRole, SharedRoomFrame } from './role';
import { storageNameOf, VISITOR_PREFIX } from './subject';

/** How often a command is sent while the server answers that it may succeed later. */
const MAX_TRIES = 6;
/** How often a join is sent on one connection; then the line reconnects. */
const MAX_JOINS = 3;
const STORAGE_PREFIX = 'rejoin/';
const DEVICE_KEY = 'rejoin.device';
/** Version of the stored state; other versions are ignored. */
const SAVED_VERSION = 1;

/** Types of SharedRoomFrame. */
const SHARED_ROOM_FRAMES = /^(ack|message|presence|typing|read)$/;

/** The fields by which a frame is dispatched. */
interface Received {
  type?: string;
  re?: string;
  room?: unknown;
  by?: string;
  retry?: boolean;
}

/** A command without an answer. */
interface PendingCommand {
  id: string;
  command: Command;
  done: ((answer: Answer | undefined) => void)[];
  repeat: Repeat;
}

export type Session<State> = ReturnType<typeof openSession<State & LineView>>;

/**
 * What both sides' sessions share: the line, joins, commands that are repeated until answered, and every room's thread.
 * It is a state machine: each event calls step(), which does what is due and sets one timer for the next deadline.
 */
export function openSession<State extends LineView>(fx: Effects, options: Options, role: SessionRole<State>) {
  const threads = new Map<string, Thread>();
  /** Names this browser, or this tab where each has its own connection, to the person's other connections. */
  const device = fx.store.get(DEVICE_KEY) ?? fx.key();
  fx.store.set(DEVICE_KEY, device);
  const listeners = new Set<(state: State) => void>();
  let storageName: string | undefined;
  const pending = new Map<string, PendingCommand>();
  let joining: { id: string; repeat: Repeat } | undefined;
  /** The server has refused the optional fields of the join. */
  let minimalJoin = false;
  /** The saved state was discarded once, because it could not be drawn. */
  let discarded = false;
  let count = 0;
  let timer: (() => void) | undefined;
  let unwatch: (() => void) | undefined;
  let stepping = false;
  let saved: string | undefined;
  let state: State | undefined;

  const line = openLine(
    fx,
    options.ws,
    async () => {
      const made = await options.token();
      const name = storageNameOf(made);
      identify(name);
      // A shared computer keeps nothing of a customer who has logged out. A visitor's key stays in the browser anyway.
      fx.store.prune(
        (key) =>
          key.startsWith(STORAGE_PREFIX) &&
          key[STORAGE_PREFIX.length] !== VISITOR_PREFIX &&
          key.split('site=')[0] !== STORAGE_PREFIX + name,
      );
      return made;
    },
    {
      opened() {
        for (const { repeat } of unanswered()) repeat.dueAt = 0;
        join();
      },
      received: handleFrame,
      heartbeat(proof) {
        if (proof && !joining) return join();
        line.send({ action: 'ping' });
        line.expectAnswer(fx.now());
      },
      onScreen: () => role.onScreen(),
      step,
    },
  );

  /** Repeats a command until it is answered; equal ones are sent as one. done gets undefined when the session closes. */
  function sendCommand(command: Command, done: (answer: Answer | undefined) => void = () => {}): void {
    const key = json(command);
    const one = pending.get(key) ?? {
      id: nextId(command.action),
      command,
      done: [],
      repeat: new Repeat(),
    };
    pending.set(key, one);
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
    // Send first: the line's deadline then includes the answers to what was just sent.
    const due = Math.min(
      sendDue(now),
      line.due(),
      ...[...threads.values()].map((thread) => thread.changesAt()),
    );
    stepping = false;
    timer?.();
    timer = due < NEVER && unwatch ? fx.after(Math.max(0, due - fx.now()), step) : undefined;
    save();
    const view = role.view(state);
    if (!shallowEqual(view, state)) show(view);
  }

  function show(view: State): void {
    state = view;
    try {
      for (const fn of listeners) fn(view);
    } catch (error) {
      // biome-ignore lint/suspicious/noConsole: the page's developer has to see it
      console.error('Rejoin:', error);
      discardSaved();
    }
  }

  /** Discards saved state that cannot be drawn, once; otherwise every load would fail. The server has everything acknowledged. */
  function discardSaved(): void {
    if (discarded) return;
    discarded = true;
    forget();
    if (line.id) join();
  }

  function forget(): void {
    threads.clear();
    role.load(undefined, true);
  }

  /** Sends what is due on the line; returns when something is due again. */
  function sendDue(now: number): number {
    let next = NEVER;
    /** Is it time, and may the line send? If not, something is due then. */
    const isDue: IsDue = (at) => {
      const is = now >= Math.max(at, line.quietUntil);
      if (!is) next = Math.min(next, at);
      return is;
    };
    while (line.id && isDue(joining?.repeat.dueAt ?? (line.joined ? role.joinAt() : NEVER)))
      if (joining && joining.repeat.tries >= MAX_JOINS) line.reconnect();
      else join(joining?.repeat);
    if (!line.joined) return Math.max(next, line.quietUntil);
    role.poll?.(isDue);
    for (const { command, id, repeat } of pending.values())
      while (!waitsForTexts(command) && isDue(repeat.dueAt)) {
        repeat.markSent(fx);
        line.askServer({ ...command, id });
      }
    for (const thread of threads.values()) {
      const room = thread.id;
      while (isDue(thread.out.due())) line.askServer({ action: 'message', room, ...thread.nextText(fx) });
      while (isDue(thread.readMarkDue())) line.send({ action: 'read', room, seq: thread.readMark(now) });
    }
    return Math.max(next, line.quietUntil); // which what was sent last may have moved
  }

  const unanswered = (): { repeat: Repeat }[] => [
    ...(joining ? [joining] : []),
    ...pending.values(),
    ...[...threads.values()].map(({ out }) => out),
  ];

  /** Ending a chat or handing it over comes after the texts that were written before. */
  function waitsForTexts({ action, room = '' }: Command & { room?: string }): boolean {
    return /^(end|release|transfer)$/.test(action) && !!threads.get(room)?.out.head;
  }

  /** repeat: of the join that this one repeats. */
  function join(repeat = new Repeat()): void {
    const id = nextId('join');
    joining = { id, repeat };
    repeat.markSent(fx);
    line.askServer(role.joinFrame(id, minimalJoin ? undefined : device));
    line.expectAnswer(fx.now());
  }

  function handleFrame(frame: Received, current: boolean): void {
    const now = fx.now();
    const { type, room } = frame;
    if (current && (!type || frame.re || /pong|ack|error/.test(type)))
      line.answered(type !== 'pong' && !!type && !frame.retry); // a pong comes from the gateway
    if (SHARED_ROOM_FRAMES.test(`${type}`)) {
      const thread = threads.get(`${room}`);
      thread?.[type as SharedRoomFrame['type']](frame as never, now);
      if (!thread || (type === 'message' && !(thread.room && role.wantsMessages(thread))))
        role.unknownRoom(`${room}`, frame as never);
    } else if (type === 'replaced') {
      if (current) joining = undefined;
      line.replaced(current, frame.by === device);
    } else if (type && type !== 'error') handleAnswer(frame as Answer, current);
    // The gateway's own error has no type and does not name the frame that failed.
    else if (current) handleError(frame as ErrorFrame, now);
  }

  function handleAnswer(frame: Answer, current: boolean): void {
    const action = frame.re?.split(':')[0];
    const latest = current && !!joining && frame.re === joining.id;
    if (latest) joining = undefined;
    if (current && action === 'join') line.joinAnswered();
    role.received(frame, action, latest);
    settleCommand(frame.re, frame);
  }

  function handleError(error: ErrorFrame, now: number): void {
    const { code, room, no, re, retry } = error;
    if (code === 'not_current') {
      joining = undefined;
      line.notCurrent();
    } else if (room !== undefined && no !== undefined) {
      threads.get(room)?.refused(error, now);
      role.refused?.(error);
    } else if (joining && re === joining.id) {
      if (role.joinRefused?.(error)) join();
      else if (retry) joining.repeat.retryIn(now);
      // The gateway refuses blocked customers from now on, until they are unblocked.
      else if (code === 'forbidden') line.reconnect();
      // The same join would be refused again.
      else if (minimalJoin) line.close('refused');
      else {
        minimalJoin = true;
        join();
      }
    } else if (re) settleCommand(re, error);
    else if (retry || !code) {
      line.turnedAway(now);
      for (const { repeat } of unanswered()) repeat.retryIn(now);
    } else for (const thread of threads.values()) thread.readRefused = true; // a refused read mark has no id, so its room is unknown
  }

  function settleCommand(id: string | undefined, answer?: Answer): void {
    for (const [key, one] of pending) {
      if (one.id !== id) continue;
      // A transfer to an absent agent could succeed later, but its sender waits for an answer now.
      if (
        answer?.type === 'error' &&
        answer.retry &&
        one.repeat.tries < MAX_TRIES &&
        one.command.action !== 'transfer'
      )
        one.repeat.retryIn(fx.now());
      else {
        pending.delete(key);
        for (const done of one.done) done(answer);
      }
    }
  }

  /** Loads the saved state of a person, unless it is the one already loaded. */
  function identify(name: string): void {
    const now = name + options.ws.split('?')[1]; // at another shop they count as another person
    if (now === storageName) return;
    const another = storageName !== undefined;
    if (another) threads.clear();
    storageName = now;
    try {
      const saved = JSON.parse(`${fx.store.get(STORAGE_PREFIX + storageName)}`);
      role.load(saved?.v === SAVED_VERSION ? saved : undefined, another);
    } catch {
      // The stored value is no state of ours.
      forget();
    }
    step();
  }

  /**
   * Stores the state in the same step: a text whose number is forgotten would be sent and shown twice.
   * A closed session stores nothing: its keys may belong to another session by then.
   */
  function save(): void {
    if (!storageName || !unwatch) return;
    const now = json({ v: SAVED_VERSION, ...role.save(storageName[0] === VISITOR_PREFIX) });
    if (now !== saved) fx.store.set(STORAGE_PREFIX + storageName, now);
    saved = now;
  }

  const it = {
    threads,
    pending,
    line,
    sendCommand,
    nextId,
    step,
    identify,
    /** Shows a state that another tab's session made. */
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
      save();
      unwatch?.();
      unwatch = undefined;
      line.close();
      // Another session may save under the same name, so the next open() loads again.
      storageName &&= '';
      joining = undefined;
      for (const { id } of pending.values()) settleCommand(id);
      step();
    },

    typingIn(thread: Thread | undefined): void {
      const now = fx.now();
      if (line.joined && now >= line.quietUntil && thread?.mayTellTyping(now))
        line.send({ action: 'typing', room: thread.id });
    },
  };
  return it;
}

/** Is it an error that a repeat cannot mend? */
export const isPermanentRefusal = (answer: Answer | undefined): boolean =>
  answer?.type === 'error' && !answer.retry;

/** Are all fields identical? */
export function shallowEqual(a: object, b: object | undefined): boolean {
  return !!b && Object.keys({ ...a, ...b }).every((key) => a[key as never] === b[key as never]);
}
