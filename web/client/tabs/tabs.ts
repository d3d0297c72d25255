import { type Customer, type CustomerOptions, customerSession } from '../customer/customer';
import { pageOf, profileOf } from '../customer/profile';
import type { CustomerSession, CustomerState } from '../customer/state';
import { browserEffects, type Effects, listen } from '../line/effects';
import { Refused } from '../line/line';
import { browserStore } from '../line/storage';
import { ownItem } from '../room/outbox';
import { storageNameOf } from '../session/subject';
import { clean } from '../wire/clean';
import type { Profile } from '../wire/protocol';

/** A call without an answer is sent again after this, ms. */
const RESEND = 2_000;

/** Methods that a tab may call on the session in the leading tab. */
type Name = Exclude<keyof CustomerSession, 'state' | 'subscribe' | 'close'>;

interface Call {
  /** Also the key of the text, when it is a `send`. */
  id: string;
  name: Name;
  args: unknown[];
}

/** What tabs post to each other; tabs of two versions may meet, so the names stay. */
interface TabMessage {
  /** Asks the leader for its state, and every tab for its visibility. */
  hello?: true;
  state?: CustomerState;
  call?: Call;
  /** Id of a call that has been made. */
  done?: string;
  tab?: string;
  visible?: boolean;
}

/** The parts of a window by which tabs of one browser find each other. */
export interface TabWindow extends EventTarget {
  navigator: { locks: Pick<LockManager, 'request'> };
  BroadcastChannel: new (name: string) => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
}

export interface SharedOptions extends Omit<CustomerOptions, 'effects'> {
  effects?: Effects;
  tabs?: TabWindow;
}

/**
 * One session for all tabs: the tab that holds the lock leads and has the connection; the others mirror its state and post
 * their calls to it. When it closes, the next tab leads and loads the texts that it stored.
 */
export function sharedCustomerSession(options: SharedOptions): CustomerSession {
  const { tabs = window, effects: fx = browserEffects(browserStore('localStorage')) } = options;
  const tab = fx.key();
  /** Ids of other tabs that are on screen. */
  const visibleTabs = new Set<string>();
  /** Calls that no leader has confirmed yet, in order. */
  const calls = new Map<string, { call: Call; at: number; done: () => void }>();
  let channel: InstanceType<TabWindow['BroadcastChannel']> | undefined;
  /** Set while this tab takes part; aborted when it leaves. */
  let membership: AbortController | undefined;
  let leading = false;
  /** The person whose tabs these are; '' until a token was read. */
  let storageName = '';
  let unwatch: (() => void)[] = [];
  let visibilityChanged: (() => void) | undefined;

  const customer: Customer = customerSession({
    ...options,
    async token() {
      const made = await options.token();
      // Another person's token: one of their own tabs may lead already.
      if (leading && storageNameOf(made) !== storageName) {
        leave();
        enter();
        throw new Refused();
      }
      return made;
    },
    effects: {
      ...fx,
      visible: () => fx.visible() || visibleTabs.size > 0,
      watch(fn) {
        visibilityChanged = fn;
        return () => (visibilityChanged = undefined);
      },
    },
  });
  customer.subscribe((state) => leading && post({ state }));
  /** The leader's last state. */
  let mirrored: CustomerState = customer.state;

  async function enter(): Promise<void> {
    if (membership) return;
    membership = new AbortController();
    const { signal } = membership;
    // Each person has a connection of their own: a customer who logs in in one tab is another person there.
    const now = await options.token().then(storageNameOf, () => storageName);
    if (signal.aborted) return;
    storageName = now;
    const name = `rejoin:${options.ws}:${storageName}`;
    // Without locks or channels each tab leads.
    channel = tabs.BroadcastChannel && new tabs.BroadcastChannel(name);
    if (channel) channel.onmessage = ({ data }) => handleMessage(Object(data));
    const lead = () =>
      new Promise((resolve) => {
        signal.onabort = resolve;
        leading = true;
        post({ hello: true }); // asks which tabs are on screen
        // `replaced` lasts until the customer takes over, whichever tab leads.
        if (customer.state.line !== 'replaced') {
          // Load the stored state at once: the token for the connection takes a moment.
          if (storageName) customer.identify(storageName);
          customer.open();
        }
        for (const { call } of calls.values()) run(call);
      });
    const { locks } = tabs.navigator;
    if (locks && channel)
      locks.request(name, { signal }, lead).catch(() => {
        // A frame without an origin of its own is refused every lock; a tab that left has aborted its request.
        if (!leading && !signal.aborted) lead();
      });
    else lead();
    post({ hello: true });
    tellVisibility();
    resend();
  }

  function leave(): void {
    membership?.abort();
    membership = undefined;
    if (leading) customer.close();
    leading = false;
    post({ tab, visible: false });
    channel?.close();
    channel = undefined;
  }

  function call(name: Name, ...args: unknown[]): Promise<void> {
    return new Promise((done) => {
      const one = { id: fx.key(), name, args };
      calls.set(one.id, { call: one, at: fx.now(), done });
      if (leading) return run(one);
      post({ call: one });
      if (name === 'send') showWithCalls();
      if (calls.size === 1) fx.after(RESEND, resend);
    });
  }

  /** The leader may have closed during a call. Making the same call twice has no further effect. */
  function resend(): void {
    if (leading) return;
    for (const { call } of calls.values()) post({ call });
    if (calls.size) fx.after(RESEND, resend);
  }

  async function run({ id, name, args }: Call): Promise<void> {
    await (customer[name] as (...args: unknown[]) => unknown)(...args, id);
    finish(id);
    post({ done: id });
  }

  function finish(id: string): void {
    calls.get(id)?.done();
    calls.delete(id);
  }

  function handleMessage({ hello, state: now, call: one, done, tab: other, visible }: TabMessage): void {
    if (hello) {
      if (leading) post({ state: customer.state });
      tellVisibility();
    }
    if (now?.items && !leading) {
      mirrored = now;
      showWithCalls();
    }
    if (leading && one && one.name in it) run(one);
    if (done) finish(done);
    if (other) {
      visibleTabs[visible ? 'add' : 'delete'](other);
      visibilityChanged?.();
    }
  }

  function tellVisibility(): void {
    post({ tab, visible: fx.visible() });
    visibilityChanged?.();
  }

  function post(message: TabMessage): void {
    channel?.postMessage(message);
  }

  /** Shows the leader's state with this tab's unconfirmed texts, also while no tab leads. */
  function showWithCalls(): void {
    const own = [...calls.values()].flatMap(({ call: { id: key, name, args }, at }) => {
      const text = name === 'send' && clean(`${args[0]}`);
      const known = !text || mirrored.items.some((item) => item.key === key);
      return known ? [] : [ownItem({ key, text, at }, '', 'customer', fx.now())];
    });
    customer.show({ ...mirrored, items: [...mirrored.items, ...own] });
  }

  const it: CustomerSession = Object.assign(Object.create(customer), {
    open() {
      if (membership) call('open');
      else {
        unwatch = [fx.watch(tellVisibility), listen([tabs, 'pagehide', leave], [tabs, 'pageshow', enter])];
        enter();
      }
    },

    close() {
      for (const stop of unwatch) stop();
      leave();
      for (const id of calls.keys()) finish(id);
      // The button and the page must not keep showing a number of unread texts.
      customer.show({ ...customer.state, line: 'idle', unread: 0 });
    },

    start: (profile?: Profile, page = options.page?.()) => call('start', profileOf(profile), pageOf(page)),
  });
  for (const name of [
    'send',
    'retry',
    'discard',
    'typing',
    'seen',
    'older',
    'end',
    'rate',
    'takeOver',
  ] as const)
    it[name] = (...args: unknown[]) => call(name, ...args);
  return it;
}
