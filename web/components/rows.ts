import type { Item } from '../client/room/state';

export type Row =
  | { kind: 'chat'; key: string; at: number; by: string | undefined }
  | { kind: 'day'; key: string; at: number }
  | { kind: 'event'; key: string; item: Item }
  | { kind: 'text'; key: string; item: Item; first: boolean; last: boolean };

/** Texts of one person within this time form a group with one name and one time. */
const GROUP_WITHIN_MS = 3 * 60_000;

const day = (at: number) => new Date(at).toDateString();

const sameGroup = (a: Item | undefined, b: Item | undefined) =>
  !!a &&
  !!b &&
  a.from !== 'system' &&
  a.from === b.from &&
  a.by === b.by &&
  a.room === b.room &&
  day(a.at) === day(b.at) &&
  Math.abs(b.at - a.at) < GROUP_WITHIN_MS;

/** The rows of a thread: a heading for each day, system events, and texts grouped by author. startDay: has no heading. */
export function threadRows(items: Item[], startDay?: number): Row[] {
  const out: Row[] = [];
  let current = startDay === undefined ? undefined : day(startDay);
  for (const [i, item] of items.entries()) {
    if (day(item.at) !== current) {
      current = day(item.at);
      out.push({ kind: 'day', key: `day ${item.key}`, at: item.at });
    }
    if (item.from === 'system') {
      out.push({ kind: 'event', key: item.key, item });
    } else {
      const first = !sameGroup(items[i - 1], item);
      const last = !sameGroup(item, items[i + 1]);
      out.push({ kind: 'text', key: item.key, item, first, last });
    }
  }
  return out;
}

/** The rows of past chats, each chat under a heading with its date and agent. */
export function pastRows(items: Item[]): Row[] {
  const chats = new Map<string, Item[]>();
  for (const item of items) chats.set(item.room, [...(chats.get(item.room) ?? []), item]);
  return [...chats].flatMap(([room, of]) => {
    const [first] = of as [Item];
    const by = of.findLast(({ from, by }) => from === 'agent' && by)?.by;
    return [{ kind: 'chat', key: `chat ${room}`, at: first.at, by }, ...threadRows(of, first.at)];
  });
}
