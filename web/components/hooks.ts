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

/** As useStore, but it draws once for all events that have come meanwhile: a flood does not freeze the page. */
export function useStoreByFrame<S>(store: Store<S>): S {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const { state } = store;
  useLayoutEffect(() => {
    let cancel: (() => void) | undefined;
    const soon = () => {
      cancel ??= afterEvents(() => {
        cancel = undefined;
        draw(0);
      });
    };
    if (store.state !== state) draw(0);
    const unsubscribe = store.subscribe(soon);
    return () => {
      unsubscribe();
      cancel?.();
    };
  }, [store]);
  return state;
}

/** Calls fn after the events that have already come. Timers and frames are late, or never come, while a page is hidden. */
function afterEvents(fn: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    fn();
  };
  port2.postMessage(undefined);
  return () => port1.close();
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
