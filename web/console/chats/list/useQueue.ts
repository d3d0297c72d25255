import { useMemo } from 'preact/hooks';
import type { AgentState } from '../../../client/agent/state';
import { useLeft } from './useLeft';

/** The queue as an agent works on it. */
export type AgentQueue = ReturnType<typeof useQueue>;

/** The waiting customers, oldest first: those who are on the site, their total, and those who have left it. */
export function useQueue({ queue, waiting }: Pick<AgentState, 'queue' | 'waiting'>) {
  const gone = useLeft(queue.map(({ id, customer: { online } }) => ({ id, online })));
  const [here, left] = useMemo(
    () => [queue.filter(({ id }) => !gone.has(id)), queue.filter(({ id }) => gone.has(id))],
    [queue, gone],
  );
  return { here, left, more: waiting - queue.length, waiting: waiting - left.length };
}
