import { useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';

interface Store<S> {
  readonly state: S;
  subscribe(changed: () => void): () => void;
}

/** The store's state, drawn anew at each change. */
export function useStore<S>(store: Store<S>): S {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const { state } = store;
  // With the draw itself: who types as soon as it is there would not be heard.
  useLayoutEffect(() => {
    if (store.state !== state) draw(0);
    return store.subscribe(() => draw(0));
  }, [store]);
  return state;
}

/** The time, drawn anew every `ms`. */
export function useNow(ms: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return now;
}

/** True from `ms` after `since`: a line that is back at once is not worth a word. */
export function useLongerThan(ms: number, since: number | undefined): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (since === undefined) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, since + ms - Date.now()));
    return () => clearTimeout(timer);
  }, [ms, since]);
  return late && since !== undefined;
}

/** Calls `fn` whenever the page is looked at while `wanted`, and after each draw in which it is. */
export function useWhileOnScreen(wanted: boolean, fn: () => void) {
  useEffect(() => {
    if (!wanted) return;
    const look = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) fn();
    };
    look();
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  });
}
