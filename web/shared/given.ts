import type { Item } from './state';

const MOVES = /^(taken|released|transferred)$/;

/** Who had a room before it was transferred to this agent, until that was seen: a name, '' where nobody has one. */
export function givenBy(items: readonly Item[], looked: number): string | undefined {
  const moves = items.filter(({ event }) => event && MOVES.test(event));
  const last = moves.at(-1);
  if (last?.event !== 'transferred' || (last.seq ?? 0) <= looked) return;
  return moves.at(-2)?.by ?? '';
}
