import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { AgentState } from '../../shared/agent';
import { Absences } from './absences';

/** The queue as an agent works on it. */
export type Line = ReturnType<typeof useQueue>;

/** Who waits: those who are there, how many of them in all, and those who have left the site. */
export function useQueue({ queue, waiting }: Pick<AgentState, 'queue' | 'waiting'>) {
  const absences = useRef(new Absences());
  const [looked, look] = useReducer((n: number) => n + 1, 0);
  const { here, left, next } = useMemo(() => absences.current.part(queue, Date.now()), [queue, looked]);
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(look, next - Date.now(), 0);
    return () => clearTimeout(timer);
  }, [next, looked]);
  return { here, left, more: waiting - queue.length, waiting: waiting - left.length };
}
