import { useMemo } from 'preact/hooks';
import type { AgentState } from '../../../client/agent/state';
import { useLeft } from './useLeft';

/** The queue as agents see it. */
export type AgentQueue = ReturnType<typeof useQueue>;

/** The waiting customers, oldest first: on the site, off the site, how many more there are, and the total on the site. */
export function useQueue({ queue, waiting }: Pick<AgentState, 'queue' | 'waiting'>) {
  const gone = useLeft(queue.map(({ id, customer: { online } }) => ({ id, online })));
  const [here, left] = useMemo(
    () => [queue.filter(({ id }) => !gone.has(id)), queue.filter(({ id }) => gone.has(id))],
    [queue, gone],
  );
  return { here, left, more: waiting - queue.length, waiting: waiting - left.length };
}
