import type { Thread } from '../room/thread';
import { MAX_JOIN_ROOMS } from '../wire/limits';

/**
 * As many rooms as a join may name: first those of which the server has to tell something, of these those with unsent texts, then the
 * newest. It answers for other own rooms too, as far as its frame has space, and further joins name the rest.
 */
export function mostUrgent(threads: Thread[], needsJoin: (thread: Thread) => boolean): Thread[] {
  if (threads.length <= MAX_JOIN_ROOMS) return threads;
  const compare = (a: Thread, b: Thread, value: (thread: Thread) => number) => value(b) - value(a);
  return threads
    .sort(
      (a, b) =>
        compare(a, b, (thread) => Number(needsJoin(thread))) ||
        compare(a, b, ({ out }) => Number(!!out.head)) ||
        compare(a, b, ({ room }) => room?.last?.at ?? room?.created ?? 0),
    )
    .slice(0, MAX_JOIN_ROOMS);
}
