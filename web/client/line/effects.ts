import { browserStore, type Store } from './storage';

/** Everything that a session needs of its browser. Tests replace it. */
export interface Effects {
  /** ms since the epoch. */
  now(): number;
  /** 0 ≤ n < 1. */
  random(): number;
  /** A new unique key. */
  key(): string;
  /** Calls fn once, ms from now; the returned function cancels it. */
  after(ms: number, fn: () => void): () => void;
  socket(url: string, on: SocketEvents): Socket;
  /** Is the page visible on the user's screen? */
  visible(): boolean;
  /** Calls fn when the page is shown or hidden or the browser comes online; the returned function stops it. */
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

/** Adds several event listeners; the returned function removes them. */
export function listen(...to: [EventTarget, string, (event: Event) => void][]): () => void {
  const stop = new AbortController();
  for (const [target, event, fn] of to) target.addEventListener(event, fn, stop);
  return () => stop.abort();
}

export function browserEffects(area: Store = browserStore('sessionStorage')): Effects {
  return {
    now: Date.now,
    random: Math.random,
    // Needs a secure context, as do a visitor's key and an agent's log-in.
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
