import type { AgentRoom } from '../../../client/agent/state';
import type { Item } from '../../../client/room/state';

const MINUTE = 60_000;
/** After these a wait is shown as long, and as too long. */
export const SOON_MS = MINUTE;
export const LATE_MS = 3 * MINUTE;

// Later than any time, and finite, so that it can be subtracted.
const NOT_WAITING = Number.MAX_SAFE_INTEGER;

export type Urgency = 'calm' | 'soon' | 'late';

const cached = new WeakMap<Item[], number | undefined>();

/** Since when the customer waits for a reply, ms since the epoch: the first text after the agent's newest. */
export function waitingSince({
  items,
  mine,
  room,
}: Pick<AgentRoom, 'items' | 'mine' | 'room'>): number | undefined {
  if (!mine) return;
  // The texts are still being loaded; the preview has the newest.
  if (!items.length) return room.last?.from === 'customer' ? room.last.at : undefined;
  if (!cached.has(items)) cached.set(items, firstUnanswered(items));
  return cached.get(items);
}

function firstUnanswered(items: Item[]): number | undefined {
  let since: number | undefined;
  for (let i = items.length - 1; i >= 0; i--) {
    const { from, at, state } = items[i] as Item;
    if (from === 'agent' && state !== 'failed') break;
    if (from === 'customer') since = at;
  }
  return since;
}

export function urgency(since: number | undefined, now: number): Urgency {
  if (since === undefined || now - since < SOON_MS) return 'calm';
  return now - since < LATE_MS ? 'soon' : 'late';
}

const newest = ({ items, room }: AgentRoom) => items.at(-1)?.at ?? room.created;

/**
 * The agent's open rooms: first those waiting for a reply, longest first, then the others by their newest text. Customers who have left
 * the site count as not waiting.
 */
export function myChats(
  rooms: Record<string, AgentRoom>,
  left: ReadonlySet<string> = new Set(),
): AgentRoom[] {
  const since = (it: AgentRoom) => (left.has(it.room.id) ? undefined : waitingSince(it)) ?? NOT_WAITING;
  return Object.values(rooms)
    .filter(({ mine }) => mine)
    .sort((a, b) => since(a) - since(b) || newest(b) - newest(a));
}
