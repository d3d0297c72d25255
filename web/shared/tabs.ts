import { type CustomerOptions, customerSession } from './customer';
import { browserEffects, listen } from './effects';
import { person } from './identity';
import { clean, ownItem } from './outbox';
import type { Profile } from './protocol';
import type { CustomerSession, CustomerState } from './state';
import { store } from './storage';

const RESEND = 2_000;

/** What any tab may ask of the session, wherever it runs. */
const CALLS = [
  'open',
  'start',
  'send',
  'retry',
  'discard',
  'typing',
  'seen',
  'older',
  'end',
  'rate',
  'takeOver',
] as const;
type Name = (typeof CALLS)[number];

interface Call {
  id: string;
  name: Name;
  /** Of a text: its words and its key. */
  args: unknown[];
  at: number;
}

/** What tabs tell each other. */
interface Note {
  /** Who leads, and who is on screen? */
  hello?: true;
  state?: CustomerState;
  call?: Call;
  /** Id of a call that is answered. */
  done?: string;
  tab?: string;
  visible?: boolean;
}

/** The parts of a browser by which its tabs find each other. */
export interface Tabs {
  /** Runs lead when no other tab holds the lock, and gives the lock up when its promise settles. */
  lock(name: string, signal: AbortSignal, lead: () => Promise<void>): void;
  channel(name: string, on: (note: unknown) => void): { post(note: unknown): void; close(): void };
  /** The page goes into or comes back from the browser's cache of pages, where it can hold nothing. */
  watch(leave: () => void, back: () => void): () => void;
}

export interface SharedOptions extends CustomerOptions {
  tabs?: Tabs | undefined;
}

function browserTabs(): Tabs | undefined {
  if (!globalThis.navigator?.locks || !globalThis.BroadcastChannel) return;
  return {
    lock: (name, signal, lead) => void navigator.locks.request(name, { signal }, lead).catch(() => {}),
    channel(name, on) {
      const channel = new BroadcastChannel(name);
      channel.onmessage = (event) => on(event.data);
      return { post: (note) => channel.postMessage(note), close: () => channel.close() };
    },
    watch: (leave, back) =>
      listen(
        [window, 'pagehide', leave],
        [window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && back()],
      ),
  };
}

/**
 * The same session in every tab: the one that holds the lock has the connection, the others mirror its state and hand it
 * their calls. When it goes, the next takes over with the texts that it kept. Without Web Locks or BroadcastChannel each
 * tab has a session of its own.
 */
export function sharedCustomerSession(options: SharedOptions): CustomerSession {
  const tabs = 'tabs' in options ? options.tabs : browserTabs();
  if (!tabs) return customerSession(options);
  const fx = options.effects ?? browserEffects(store('localStorage'));
  const tab = fx.key();
  const listeners = new Set<(state: CustomerState) => void>();
  const watchers = new Set<() => void>();
  /** Other tabs that are on screen. */
  const onScreen = new Set<string>();
  /** Calls that no leader has answered yet, in order. */
  const calls = new Map<string, { call: Call; done: () => void }>();
  /** Calls that this tab, leading, has begun. */
  const begun = new Set<string>();
  let channel: ReturnType<Tabs['channel']> | undefined;
  let away: AbortController | undefined;
  let leading = false;
  let unwatch: (() => void)[] = [];
  let timer: (() => void) | undefined;

  const customer = customerSession({
    ...options,
    effects: {
      ...fx,
      visible: () => fx.visible() || onScreen.size > 0,
      watch(fn) {
        watchers.add(fn);
        return () => watchers.delete(fn);
      },
    },
  });
  customer.subscribe((state) => leading && mirror(state));
  let mirrored = customer.state;
  let state = mirrored;

  async function enter(): Promise<void> {
    if (away) return;
    const mine = new AbortController();
    const { signal } = mine;
    away = mine;
    // People do not share a connection: who logs in at the shop in one tab is another customer there.
    const who = await options.token().then(person, () => '');
    if (signal.aborted || !tabs) return;
    const name = `rejoin:${options.ws}:${who}`;
    channel = tabs.channel(name, (note) => noted(note as Note));
    tabs.lock(name, signal, async () => {
      if (signal.aborted) return;
      leading = true;
      tell({ hello: true }); // who is on screen?
      // Replaced stays replaced, whichever tab leads, until the user takes over.
      if (mirrored.line !== 'replaced') customer.open();
      resend();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    tell({ hello: true });
    screen();
    resend();
  }

  function leave(): void {
    away?.abort();
    away = undefined;
    if (leading) customer.close();
    leading = false;
    timer?.();
    tell({ tab, visible: false });
    channel?.close();
    channel = undefined;
  }

  function call(name: Name, args: unknown[], done = () => {}): void {
    const one = { id: fx.key(), name, args, at: fx.now() };
    calls.set(one.id, { call: one, done });
    if (leading) void run(one);
    else {
      tell({ call: one });
      show(mirrored);
      if (!timer) resend();
    }
  }

  /** The leader may have gone in the middle of a call. */
  function resend(): void {
    timer?.();
    timer = undefined;
    for (const { call } of calls.values())
      if (leading) void run(call);
      else tell({ call });
    if (calls.size && !leading) timer = fx.after(RESEND, resend);
  }

  async function run({ id, name, args }: Call): Promise<void> {
    if (begun.has(id)) return;
    begun.add(id);
    await (customer[name] as (...args: unknown[]) => unknown)(...args);
    begun.delete(id);
    finish(id);
    tell({ done: id });
  }

  function finish(id: string): void {
    const one = calls.get(id);
    calls.delete(id);
    one?.done();
  }

  function noted({ hello, state: now, call: one, done, tab: other, visible }: Note): void {
    if (hello) {
      if (leading) tell({ state: mirrored });
      screen();
    }
    if (now && !leading) mirror(now);
    if (one && leading) void run(one);
    if (done) finish(done);
    if (!other) return;
    if (visible) onScreen.add(other);
    else onScreen.delete(other);
    for (const fn of watchers) fn();
  }

  function screen(): void {
    tell({ tab, visible: fx.visible() });
    for (const fn of watchers) fn();
  }

  function tell(note: Note): void {
    channel?.post(note);
  }

  function mirror(now: CustomerState): void {
    mirrored = now;
    if (leading) tell({ state: now });
    show(now);
  }

  /** A text shows at once, also while no tab leads. */
  function show(now: CustomerState): void {
    const known = new Set(now.items.map(({ key }) => key));
    const own = [...calls.values()].flatMap(({ call: { name, args, at } }) => {
      const [words, key] = args as string[];
      const text = clean(name === 'send' ? `${words}` : '');
      return text && key && !known.has(key) ? [ownItem({ key, text, at }, '', 'customer', fx.now())] : [];
    });
    state = own.length ? { ...now, items: [...now.items, ...own] } : now;
    for (const fn of listeners) fn(state);
  }

  const it = {
    get state() {
      return state;
    },

    subscribe(fn: (state: CustomerState) => void): () => void {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },

    open(): void {
      if (away) return call('open', []);
      unwatch = [fx.watch(screen), tabs.watch(leave, () => void enter())];
      void enter();
    },

    close(): void {
      for (const stop of unwatch.splice(0)) stop();
      leave();
      for (const { done } of calls.values()) done();
      calls.clear();
      show({ ...mirrored, line: 'idle' });
    },

    send: (text: string): void => call('send', [text, fx.key()]),
    start: (profile?: Profile, page = options.page?.()): void => call('start', [profile, page]),
    older: () => new Promise<void>((done) => call('older', [], done)),
    seen(): void {
      if (state.unread) call('seen', []);
    },
  } as CustomerSession;
  for (const name of CALLS) it[name] ??= ((...args: unknown[]) => call(name, args)) as never;
  return it;
}
