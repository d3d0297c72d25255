import { Customer, type CustomerOptions } from './customer';
import { browserEffects, type Effects } from './effects';
import { person } from './identity';
import { clean, ownItem } from './outbox';
import type { PageInfo, Profile, Rating } from './protocol';
import type { CustomerSession, CustomerState } from './state';
import { store } from './storage';

const RESEND = 2_000;

type Call =
  | { name: 'open' | 'typing' | 'seen' | 'older' | 'end' | 'takeOver' }
  | { name: 'retry' | 'discard'; key: string }
  | { name: 'start'; profile: Profile | undefined; page: PageInfo | undefined }
  | { name: 'rate'; rating: Rating }
  | { name: 'send'; text: string; key: string; at: number };

/** What tabs tell each other. */
type Note =
  | { kind: 'hello' }
  | { kind: 'state'; state: CustomerState }
  | { kind: 'call'; id: string; call: Call }
  | { kind: 'done'; id: string }
  | { kind: 'screen'; tab: string; visible: boolean };

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

/**
 * The same session in every tab: the one that holds the lock has the connection, the others mirror its state and hand it
 * their calls. When it goes, the next takes over with the texts that it kept. Without Web Locks or BroadcastChannel each
 * tab has a session of its own.
 */
export function sharedCustomerSession(options: SharedOptions): CustomerSession {
  const tabs = 'tabs' in options ? options.tabs : browserTabs();
  if (!tabs) return new Customer(options.effects ?? browserEffects(), options);
  return new Shared(options.effects ?? browserEffects(store('localStorage')), options, tabs);
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
    watch(leave, back) {
      const shown = (event: PageTransitionEvent) => event.persisted && back();
      addEventListener('pagehide', leave);
      addEventListener('pageshow', shown);
      return () => {
        removeEventListener('pagehide', leave);
        removeEventListener('pageshow', shown);
      };
    },
  };
}

class Shared implements CustomerSession {
  state: CustomerState;
  private mirrored: CustomerState;
  private customer: Customer;
  private listeners = new Set<(state: CustomerState) => void>();
  /** Calls that no leader has answered yet, in order. */
  private calls = new Map<string, { call: Call; done: () => void }>();
  /** Calls of other tabs that this one, leading, has begun. */
  private begun = new Set<string>();
  private onScreen = new Set<string>();
  private watchers = new Set<() => void>();
  private channel: ReturnType<Tabs['channel']> | undefined;
  private away: AbortController | undefined;
  private leading = false;
  private unwatch: (() => void)[] = [];
  private timer: (() => void) | undefined;
  private tab: string;

  constructor(
    private fx: Effects,
    private options: SharedOptions,
    private tabs: Tabs,
  ) {
    this.tab = fx.key();
    const visible = () => fx.visible() || this.onScreen.size > 0;
    const watch = (fn: () => void) => {
      this.watchers.add(fn);
      return () => this.watchers.delete(fn);
    };
    this.customer = new Customer({ ...fx, visible, watch }, options);
    this.customer.subscribe((state) => this.leading && this.mirror(state));
    this.state = this.mirrored = this.customer.state;
  }

  subscribe(fn: (state: CustomerState) => void): () => void {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }

  open(): void {
    if (this.away) return this.call({ name: 'open' });
    const leave = () => this.leave();
    this.unwatch = [this.fx.watch(() => this.screen()), this.tabs.watch(leave, () => void this.enter())];
    void this.enter();
  }

  close(): void {
    for (const stop of this.unwatch.splice(0)) stop();
    this.leave();
    for (const { done } of this.calls.values()) done();
    this.calls.clear();
    this.show({ ...this.mirrored, line: 'idle' });
  }

  start(profile?: Profile, page = this.options.page?.()): void {
    this.call({ name: 'start', profile, page });
  }

  send(text: string): void {
    this.call({ name: 'send', text, key: this.fx.key(), at: this.fx.now() });
  }

  retry(key: string): void {
    this.call({ name: 'retry', key });
  }

  discard(key: string): void {
    this.call({ name: 'discard', key });
  }

  typing(): void {
    this.call({ name: 'typing' });
  }

  seen(): void {
    if (this.state.unread) this.call({ name: 'seen' });
  }

  older(): Promise<void> {
    return new Promise((done) => this.call({ name: 'older' }, done));
  }

  end(): void {
    this.call({ name: 'end' });
  }

  rate(rating: Rating): void {
    this.call({ name: 'rate', rating });
  }

  takeOver(): void {
    this.call({ name: 'takeOver' });
  }

  private async enter(): Promise<void> {
    if (this.away) return;
    const away = new AbortController();
    this.away = away;
    // People do not share a connection: who logs in at the shop in one tab is another customer there.
    const who = await this.options.token().then(person, () => '');
    if (away.signal.aborted) return;
    const name = `rejoin:${this.options.ws}:${who}`;
    this.channel = this.tabs.channel(name, (note) => this.noted(note as Note));
    this.tabs.lock(name, away.signal, () =>
      away.signal.aborted ? Promise.resolve() : this.lead(away.signal),
    );
    this.tell({ kind: 'hello' });
    this.screen();
    this.resend();
  }

  private leave(): void {
    this.away?.abort();
    this.away = undefined;
    if (this.leading) this.customer.close();
    this.leading = false;
    this.timer?.();
    this.tell({ kind: 'screen', tab: this.tab, visible: false });
    this.channel?.close();
    this.channel = undefined;
  }

  private lead(signal: AbortSignal): Promise<void> {
    this.leading = true;
    this.tell({ kind: 'hello' }); // who is on screen?
    // Replaced stays replaced, whichever tab leads, until the user takes over.
    if (this.mirrored.line !== 'replaced') this.customer.open();
    this.resend();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  private call(call: Call, done = () => {}): void {
    const id = this.fx.key();
    this.calls.set(id, { call, done });
    if (this.leading) void this.run(id, call);
    else {
      this.tell({ kind: 'call', id, call });
      this.show(this.mirrored);
      if (!this.timer) this.resend();
    }
  }

  /** The leader may have gone in the middle of a call. */
  private resend(): void {
    this.timer?.();
    this.timer = undefined;
    for (const [id, { call }] of this.calls)
      if (this.leading) void this.run(id, call);
      else this.tell({ kind: 'call', id, call });
    if (this.calls.size && !this.leading) this.timer = this.fx.after(RESEND, () => this.resend());
  }

  private async run(id: string, call: Call): Promise<void> {
    if (this.begun.has(id)) return;
    this.begun.add(id);
    const { customer } = this;
    switch (call.name) {
      case 'start':
        customer.start(call.profile, call.page);
        break;
      case 'rate':
        customer.rate(call.rating);
        break;
      case 'send':
        customer.send(call.text, call.key);
        break;
      case 'retry':
      case 'discard':
        customer[call.name](call.key);
        break;
      default:
        await customer[call.name]();
    }
    this.begun.delete(id);
    this.finish(id);
    this.tell({ kind: 'done', id });
  }

  private finish(id: string): void {
    const call = this.calls.get(id);
    this.calls.delete(id);
    call?.done();
  }

  private noted(note: Note): void {
    switch (note.kind) {
      case 'hello':
        if (this.leading) this.tell({ kind: 'state', state: this.mirrored });
        return this.screen();
      case 'state':
        return this.leading ? undefined : this.mirror(note.state);
      case 'call':
        if (this.leading) void this.run(note.id, note.call);
        return;
      case 'done':
        return this.finish(note.id);
      case 'screen':
        if (note.visible) this.onScreen.add(note.tab);
        else this.onScreen.delete(note.tab);
        for (const fn of this.watchers) fn();
    }
  }

  private screen(): void {
    this.tell({ kind: 'screen', tab: this.tab, visible: this.fx.visible() });
    for (const fn of this.watchers) fn();
  }

  private tell(note: Note): void {
    this.channel?.post(note);
  }

  private mirror(state: CustomerState): void {
    this.mirrored = state;
    if (this.leading) this.tell({ kind: 'state', state });
    this.show(state);
  }

  /** A text shows at once, also while no tab leads. */
  private show(state: CustomerState): void {
    const known = new Set(state.items.map(({ key }) => key));
    const now = this.fx.now();
    const own = [...this.calls.values()].flatMap(({ call }) => {
      if (call.name !== 'send' || known.has(call.key) || !clean(call.text)) return [];
      return [ownItem({ key: call.key, text: clean(call.text), at: call.at }, '', 'customer', now)];
    });
    this.state = own.length ? { ...state, items: [...state.items, ...own] } : state;
    for (const fn of this.listeners) fn(this.state);
  }
}
