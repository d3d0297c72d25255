import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

/** A pointer that rests for so long aims at nothing. */
const AIM_TIMEOUT_MS = 1_000;

/** Does somebody aim at what is in this element: has the pointer just moved there, and nothing been clicked since? */
export function usePointerAiming() {
  const target = useRef<HTMLDivElement>(null);
  const [aiming, setAiming] = useState(false);
  useEffect(() => {
    const it = target.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      clearTimeout(timer);
      setAiming(false);
    };
    const aim = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, AIM_TIMEOUT_MS);
      setAiming(true);
    };
    const events = { pointermove: aim, pointerdown: aim, click: rest, pointerleave: rest };
    for (const [name, fn] of Object.entries(events)) it?.addEventListener(name, fn);
    return () => {
      clearTimeout(timer);
      for (const [name, fn] of Object.entries(events)) it?.removeEventListener(name, fn);
    };
  }, []);
  return { target, aiming };
}

/** The items; while somebody aims at them those that were there, where they were, for a click must not meet another one. */
export function useSteadyOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  aiming: boolean,
): readonly T[] {
  const before = useRef(items);
  before.current = useMemo(
    // The same list where nothing moved, for what is drawn of it.
    () => (aiming && before.current !== items ? keepOrder(before.current, items, keyOf) : items),
    [items, aiming, keyOf],
  );
  return before.current;
}

/** The items of before in their places, each as it is now. One that is gone stays as it was. */
export function keepOrder<T>(before: readonly T[], items: readonly T[], keyOf: (item: T) => string): T[] {
  const now = new Map(items.map((item) => [keyOf(item), item]));
  return before.map((item) => now.get(keyOf(item)) ?? item);
}
