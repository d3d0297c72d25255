import type { RoomObject } from '../../shared/protocol';

/** A page change within the shop takes a moment; only who is gone for longer has left. */
export const SETTLE_MS = 5_000;

/** Who waits: those who are there, and those who have left the site, each oldest first. */
export interface Parted {
  here: RoomObject[];
  left: RoomObject[];
  /** When somebody who is gone by now will have left. */
  next: number | undefined;
}

/** Remembers since when each customer in the queue is gone. Who was so when they were first seen left before that. */
export class Absences {
  private since = new Map<string, number | undefined>();

  part(queue: readonly RoomObject[], now: number): Parted {
    const since = new Map<string, number | undefined>();
    for (const { id, customer } of queue) {
      const known = this.since.has(id);
      const gone = known ? (this.since.get(id) ?? now) : now - SETTLE_MS;
      since.set(id, customer.online ? undefined : gone);
    }
    this.since = since;
    const ends = (id: string) => (since.get(id) ?? Number.POSITIVE_INFINITY) + SETTLE_MS;
    const next = Math.min(...queue.map(({ id }) => ends(id)).filter((at) => at > now));
    return {
      here: queue.filter(({ id }) => ends(id) > now),
      left: queue.filter(({ id }) => ends(id) <= now),
      next: next < Number.POSITIVE_INFINITY ? next : undefined,
    };
  }
}
