import { browserStore, type Store } from './storage';

/** Everything outside a session that it depends on, so that a test or a simulation can stand in for a browser. */
export interface Effects {
  /** ms since the epoch. */
  now(): number;
  /** 0 ≤ n < 1. */
  random(): number;
  /** A key that no other text has. */
  key(): string;
  /** Runs fn once, ms from now; the answer calls it off. */
  after(ms: number, fn: () => void): () => void;
  socket(url: string, on: SocketEvents): Socket;
  /** Is the page on the user's screen? */
  visible(): boolean;
  /** Calls fn when the page is shown or hidden or the browser comes online; the answer stops it. */
  watch(fn: () => void): () => void;
  store: Store;
}

export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  onopen(): void;
  onmessage(event: { data: string }): void;
  onclose(): void;
}

/** Listens to several things at once; the answer stops it. */
export function listen(...to: [EventTarget, string, (event: Event) => void][]): () => void {
  const stop = new AbortController();
  for (const [target, event, fn] of to) target.addEventListener(event, fn, stop);
  return () => stop.abort();
}

export function browserEffects(area: Store = browserStore('sessionStorage')): Effects {
  return {
    now: Date.now,
    random: Math.random,
    // Every page of ours is a secure one: a visitor's key and an agent's log-in need it too.
    key: () => crypto.randomUUID(),
    after(ms, fn) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
    socket: (url, on) => Object.assign(new WebSocket(url), on),
    visible: () => !document.hidden,
    watch: (fn) => listen([document, 'visibilitychange', fn], [window, 'online', fn]),
    store: area,
  };
}
