import type { Wire } from './network';
import { type Room, roomObject } from './room';

/** Rooms checked, and ended, by one frame. */
const CHECKED = 150;
const ENDED = 50;

/** Looks at the waiting rooms, or ends them, as an admin asks. */
export function endWaiting(rooms: Iterable<Room>, frame: Wire, end: (room: Room) => void): Wire {
  const { act, from, pattern, cursor, left = false } = frame;
  const waiting = [...rooms].filter((room) => room.status === 'waiting' && !!room.left === left);
  const since = cursor ? waiting.filter(({ id }) => compare(id, cursor) > 0) : waiting;
  const found: Room[] = [];
  let checked = 0;
  for (const room of since.slice(0, CHECKED)) {
    if (act !== 'look' && found.length === ENDED) break;
    checked++;
    if (fits(room, from, pattern)) found.push(room);
  }
  const last = since[checked - 1];
  for (const room of found) if (act !== 'look') end(room);
  return {
    type: 'waiting',
    checked,
    found: found.length,
    ended: act === 'look' ? 0 : found.length,
    blocked: act === 'block' ? found.length : 0,
    failed: 0,
    rooms: act === 'look' ? found.slice(0, 5).map((room) => roomObject(room, 'agent')) : [],
    groups:
      act === 'look' ? [...groups(found, 'from', ({ from }) => from), ...groups(found, 'text', words)] : [],
    ...(last && checked < since.length && { cursor: last.id }),
  };
}

/** Ids are R1, R2 … */
const compare = (a: string, b: string) => Number(a.slice(1)) - Number(b.slice(1));

const words = ({ messages }: Room): string | undefined =>
  [...messages.values()].findLast(({ from }) => from === 'customer')?.text;

function fits(room: Room, from?: string, pattern?: string): boolean {
  const text = words(room)?.toLowerCase() ?? '';
  return (!from || room.from === from) && (!pattern || text.includes(pattern.toLowerCase()));
}

function groups(rooms: Room[], kind: 'from' | 'text', key: (room: Room) => string | undefined): Wire[] {
  const sizes = new Map<string, number>();
  for (const room of rooms) {
    const it = key(room);
    if (it) sizes.set(it, (sizes.get(it) ?? 0) + 1);
  }
  return [...sizes].filter(([, n]) => n > 1).map(([it, n]) => ({ [kind]: it, rooms: n }));
}
