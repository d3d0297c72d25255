import type { RoomObject } from '../../../client/wire/protocol';

/** Whether an agent has written the newest text: the customer has not read it yet. */
export const isAnswered = ({ last }: RoomObject) => last?.from === 'agent';

/** The left questions of a queue: the oldest first, and those that are answered below the others. */
export function leftQuestions(queue: readonly RoomObject[]): RoomObject[] {
  const left = queue.filter((room) => room.left);
  return [...left.filter((room) => !isAnswered(room)), ...left.filter(isAnswered)];
}

/** The left questions to answer, and since when the oldest of them is kept; undefined if there are none. */
export function toAnswer(
  queue: readonly RoomObject[],
  total: number,
): { n: number; since: number } | undefined {
  const listed = leftQuestions(queue);
  const open = listed.filter((room) => !isAnswered(room));
  const n = total - (listed.length - open.length);
  if (n <= 0 || !open.length) return;
  return { n, since: Math.min(...open.map(({ left }) => left?.since ?? Number.POSITIVE_INFINITY)) };
}
