import type { Wire } from './network';
import type { Room } from './room';

/** All messages of a room's customer, oldest first. */
export const pastOf = (rooms: Iterable<Room>, { seats }: Room): Wire[] =>
  [...rooms]
    .filter((one) => one.seats.customer.who === seats.customer.who)
    .flatMap((one) =>
      [...one.messages.values()].sort((a, b) => a.seq - b.seq).map((m) => ({ ...m, room: one.id })),
    );

/** A page of them. */
export function history(all: Wire[], frame: Wire): Wire {
  const end = frame.before ? Number(frame.before) : all.length;
  const from = Math.max(0, end - frame.limit);
  return { type: 'history', messages: all.slice(from, end), ...(from > 0 && { before: String(from) }) };
}
