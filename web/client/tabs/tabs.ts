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

const RESEND = 2_000;

/** What any tab may ask of the session, wherever it runs. */
type Name = Exclude<keyof CustomerSession, 'state' | 'subscribe' | 'close'>;

interface Call {
  /** Also the key of the text that is sent. */
  id: string;
  name: Name;
  args: unknown[];
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

/** The parts of a window by which the tabs of a browser find each other. */
export interface TabWindow extends EventTarget {
  navigator: { locks: Pick<LockManager, 'request'> };
  BroadcastChannel: new (name: string) => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
}

export interface SharedOptions extends Omit<CustomerOptions, 'effects'> {
  effects?: Effects;
  tabs?: TabWindow;
}

/**
 * The same session in every tab: the one that holds the lock has the connection, the others mirror its state and hand it
 * their calls. When it goes, the next takes over with the texts that it kept.
 */
export function sharedCustomerSession(options: SharedOptions): CustomerSession {
  const { tabs = window, effects: fx = browserEffects(browserStore('localStorage')) } = options;
  const tab = fx.key();
  /** Other tabs that are on screen. */
  const onScreen = new Set<string>();
  /** Calls that no leader has answered yet, in order. */
  const calls = new Map<string, { call: Call; at: number; done: () => void }>();
  let channel: InstanceType<TabWindow['BroadcastChannel']> | undefined;
  let away: AbortController | undefined;
  let leading = false;
  /** Whose tabs these are; '' as long as that could not be told. */
  let who = '';
  let unwatch: (() => void)[] = [];
  let wake: (() => void) | undefined;

  const customer: Customer = customerSession({
    ...options,
    async token() {
      const made = await options.token();
      // Somebody else's: their tabs may have a connection already.
      if (leading && storageNameOf(made) !== who) {
        leave();
        enter();
        throw new Refused();
      }
      return made;
    },
    effects: {
      ...fx,
      visible: () => fx.visible() || onScreen.size > 0,
      watch(fn) {
        wake = fn;
        return () => (wake = undefined);
      },
    },
  });
  customer.subscribe((state) => leading && tell({ state }));
  /** What the leader showed last. */
  let mirrored: CustomerState = customer.state;

  async function enter(): Promise<void> {
    if (away) return;
    away = new AbortController();
    const { signal } = away;
    // People do not share a connection: who logs in at the shop in one tab is another customer there.
    const now = await options.token().then(storageNameOf, () => who);
    if (signal.aborted) return;
    who = now;
    const name = `rejoin:${options.ws}:${who}`;
    // Where a browser lacks one of the two, each tab leads.
    channel = tabs.BroadcastChannel && new tabs.BroadcastChannel(name);
    if (channel) channel.onmessage = ({ data }) => noted(Object(data));
    const lead = () =>
      new Promise((resolve) => {
        signal.onabort = resolve;
        leading = true;
        tell({ hello: true }); // who is on screen?
        // Replaced stays replaced, whichever tab leads, until the user takes over.
        if (customer.state.line !== 'replaced') {
          // What was mirrored goes on without a break: the connection's token is still to be made.
          if (who) customer.identify(who);
          customer.open();
        }
        for (const { call } of calls.values()) run(call);
      });
    const { locks } = tabs.navigator;
    (locks && channel ? locks.request(name, { signal }, lead) : lead()).catch(() => {});
    tell({ hello: true });
    screen();
    resend();
  }

  function leave(): void {
    away?.abort();
    away = undefined;
    if (leading) customer.close();
    leading = false;
    tell({ tab, visible: false });
    channel?.close();
    channel = undefined;
  }

  function call(name: Name, ...args: unknown[]): Promise<void> {
    return new Promise((done) => {
      const one = { id: fx.key(), name, args };
      calls.set(one.id, { call: one, at: fx.now(), done });
      if (leading) return run(one);
      tell({ call: one });
      if (name === 'send') show();
      if (calls.size === 1) fx.after(RESEND, resend);
    });
  }

  /** The leader may have gone in the middle of a call. One that was made already does nothing when it is made again. */
  function resend(): void {
    if (leading) return;
    for (const { call } of calls.values()) tell({ call });
    if (calls.size) fx.after(RESEND, resend);
  }

  async function run({ id, name, args }: Call): Promise<void> {
    await (customer[name] as (...args: unknown[]) => unknown)(...args, id);
    finish(id);
    tell({ done: id });
  }

  function finish(id: string): void {
    calls.get(id)?.done();
    calls.delete(id);
  }

  function noted({ hello, state: now, call: one, done, tab: other, visible }: Note): void {
    if (hello) {
      if (leading) tell({ state: customer.state });
      screen();
    }
    if (now?.items && !leading) {
      mirrored = now;
      show();
    }
    if (leading && one && one.name in it) run(one);
    if (done) finish(done);
    if (other) {
      onScreen[visible ? 'add' : 'delete'](other);
      wake?.();
    }
  }

  function screen(): void {
    tell({ tab, visible: fx.visible() });
    wake?.();
  }

  function tell(note: Note): void {
    channel?.postMessage(note);
  }

  /** A text shows at once, also while no tab leads. */
  function show(): void {
    const own = [...calls.values()].flatMap(({ call: { id: key, name, args }, at }) => {
      const text = name === 'send' && clean(`${args[0]}`);
      const known = !text || mirrored.items.some((item) => item.key === key);
      return known ? [] : [ownItem({ key, text, at }, '', 'customer', fx.now())];
    });
    customer.show({ ...mirrored, items: [...mirrored.items, ...own] });
  }

  const it: CustomerSession = Object.assign(Object.create(customer), {
    open() {
      if (away) call('open');
      else {
        unwatch = [fx.watch(screen), listen([tabs, 'pagehide', leave], [tabs, 'pageshow', enter])];
        enter();
      }
    },

    close() {
      for (const stop of unwatch) stop();
      leave();
      for (const id of calls.keys()) finish(id);
      // A view that goes takes its count with it, from the button and the page.
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
