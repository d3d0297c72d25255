import type { RoomObject } from '../../client/wire/protocol';

/** Fewer with the same words, or from one place, are chance. */
const MANY = 5;

/** How many of the waiting chats share the place from which most come, and how many the words that most begin with; 0 for few. */
export function inCommon(queue: readonly RoomObject[]): { place: number; words: number } {
  return {
    place: most(queue.map(({ from }) => from)),
    words: most(queue.map(({ last, topic }) => (last?.text ?? topic)?.trim().toLocaleLowerCase())),
  };
}

function most(keys: (string | undefined)[]): number {
  const sizes = new Map<string, number>();
  for (const key of keys) if (key) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const size = Math.max(0, ...sizes.values());
  return size < MANY ? 0 : size;
}
