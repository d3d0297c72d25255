import { useMemo } from 'preact/hooks';
import type { AgentState } from '../../../client/agent/state';
import { useLeft } from './useLeft';

/** The queue as agents see it. */
export type AgentQueue = ReturnType<typeof useQueue>;

/** The waiting customers, oldest first: on the site, off the site, how many more there are, and the total on the site. */
export function useQueue({ queue, waiting }: Pick<AgentState, 'queue' | 'waiting'>) {
  const leftIds = useLeft(queue.map(({ id, customer: { online } }) => ({ id, online })));
  const [onSite, left] = useMemo(
    () => [queue.filter(({ id }) => !leftIds.has(id)), queue.filter(({ id }) => leftIds.has(id))],
    [queue, leftIds],
  );
  return { onSite, left, more: waiting - queue.length, waiting: waiting - left.length };
}
