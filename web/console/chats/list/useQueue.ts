import { useMemo } from 'preact/hooks';
import type { AgentState } from '../../../client/agent/state';
import { leftQuestions } from './questions';
import { useLeft } from './useLeft';

/** The queue as agents see it. */
export type AgentQueue = ReturnType<typeof useQueue>;

/**
 * The waiting customers, oldest first: on the site, off the site, all that are listed, how many more there are, and the total on the site.
 * Beside them the left questions, in the order in which to answer them, and how many there are in all.
 */
export function useQueue({ queue, waiting, left: total }: Pick<AgentState, 'queue' | 'waiting' | 'left'>) {
  const [listed, questions] = useMemo(
    () => [queue.filter(({ left }) => !left), leftQuestions(queue)],
    [queue],
  );
  const leftIds = useLeft(listed.map(({ id, customer: { online } }) => ({ id, online })));
  const [onSite, left] = useMemo(
    () => [listed.filter(({ id }) => !leftIds.has(id)), listed.filter(({ id }) => leftIds.has(id))],
    [listed, leftIds],
  );
  const more = waiting - listed.length;
  return { onSite, left, listed, more, waiting: waiting - left.length, questions, total };
}
