import type { Item } from '../room/state';

const MOVES = /^(taken|released|transferred)$/;

/** The name of the agent who transferred a room to this one, until this one has looked at it; '' for an agent without a name. */
export function transferredBy(items: readonly Item[], looked: number): string | undefined {
  const moves = items.filter(({ event }) => event && MOVES.test(event));
  const last = moves.at(-1);
  if (last?.event !== 'transferred' || (last.seq ?? 0) <= looked) return;
  return moves.at(-2)?.by ?? '';
}
