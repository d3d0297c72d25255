import { useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';

interface Store<S> {
  readonly state: S;
  subscribe(changed: () => void): () => void;
}

/** The store's state; draws again after each change. */
export function useStore<S>(store: Store<S>): S {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const { state } = store;
  // A layout effect, so that no change is missed right after the draw.
  useLayoutEffect(() => {
    if (store.state !== state) draw(0);
    return store.subscribe(() => draw(0));
  }, [store]);
  return state;
}

/** The current time, ms since the epoch; draws again every `ms`. */
export function useNow(ms: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return now;
}

/** True from `ms` after `since`. */
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

/** While `wanted`, calls `fn` after each draw and each time the page gets visible or focused, if it is both. */
export function useWhileOnScreen(wanted: boolean, fn: () => void) {
  useEffect(() => {
    if (!wanted) return;
    const check = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) fn();
    };
    check();
    addEventListener('focus', check);
    document.addEventListener('visibilitychange', check);
    return () => {
      removeEventListener('focus', check);
      document.removeEventListener('visibilitychange', check);
    };
  });
}
