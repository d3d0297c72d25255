import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

/** A pointer at rest for this long is not aiming. */
const AIM_TIMEOUT_MS = 1_000;

/** Whether the pointer is aiming at something in this element: it has just moved there, with no click since. */
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
    const events: Record<string, () => void> = {
      pointermove: aim,
      pointerdown: aim,
      click: rest,
      pointerleave: rest,
    };
    // A dialog above the lists is no part of them. A redraw while it is clicked would undo what was chosen there.
    const heard = ({ target: at, type }: Event) =>
      at instanceof Element && at.closest('dialog') ? undefined : events[type]?.();
    for (const name of Object.keys(events)) it?.addEventListener(name, heard);
    return () => {
      clearTimeout(timer);
      for (const name of Object.keys(events)) it?.removeEventListener(name, heard);
    };
  }, []);
  return { target, aiming };
}

/** The items; while `aiming` in their previous order, so that a click does not hit another one. */
export function useSteadyOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  aiming: boolean,
): readonly T[] {
  const before = useRef(items);
  before.current = useMemo(
    // The same array if nothing moved, so that nothing is redrawn.
    () => (aiming && before.current !== items ? keepOrder(before.current, items, keyOf) : items),
    [items, aiming, keyOf],
  );
  return before.current;
}

/** The previous items in their order, each in its current state. Removed items stay as they were. */
export function keepOrder<T>(before: readonly T[], items: readonly T[], keyOf: (item: T) => string): T[] {
  const now = new Map(items.map((item) => [keyOf(item), item]));
  return before.map((item) => now.get(keyOf(item)) ?? item);
}
