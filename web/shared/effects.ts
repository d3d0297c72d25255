import { type Store, store } from './storage';

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
  open(): void;
  frame(text: string): void;
  closed(): void;
}

export function browserEffects(area: Store = store('sessionStorage')): Effects {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    // Not crypto.randomUUID: it is missing where the page is not secure.
    key: () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,
    after(ms, fn) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
    socket(url, on) {
      const socket = new WebSocket(url);
      socket.onopen = () => on.open();
      socket.onmessage = (event) => on.frame(String(event.data));
      socket.onclose = () => on.closed();
      return socket;
    },
    visible: () => document.visibilityState === 'visible',
    watch(fn) {
      document.addEventListener('visibilitychange', fn);
      window.addEventListener('online', fn);
      return () => {
        document.removeEventListener('visibilitychange', fn);
        window.removeEventListener('online', fn);
      };
    },
    store: area,
  };
}
