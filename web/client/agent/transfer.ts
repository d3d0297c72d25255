import type { Item } from '../room/state';

const HANDOVERS = /^(taken|released|transferred)$/;

/** Name of the agent who transferred the room to this one, until this one has seen it; '' when the agent has no name. */
export function transferredBy(items: readonly Item[], seenUpTo: number): string | undefined {
  const handovers = items.filter(({ event }) => event && HANDOVERS.test(event));
  const last = handovers.at(-1);
  if (last?.event !== 'transferred' || (last.seq ?? 0) <= seenUpTo) return;
  return handovers.at(-2)?.by ?? '';
}
