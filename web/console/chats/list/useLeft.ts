import { useEffect, useReducer, useRef } from 'preact/hooks';
import { AbsenceTracker, type Presence } from './absences';

/** Ids of the customers who have left the site; the same set object while nothing changes. */
export function useLeft(people: readonly Presence[]): ReadonlySet<string> {
  const absences = useRef(new AbsenceTracker());
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const { left, nextChange: next } = absences.current.update(people, Date.now());
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(draw, next - Date.now(), 0);
    return () => clearTimeout(timer);
  }, [next]);
  const before = useRef<ReadonlySet<string>>(left);
  if (left.size !== before.current.size || [...left].some((id) => !before.current.has(id)))
    before.current = left;
  return before.current;
}
