/** Longer than a page change within the shop takes. */
export const SETTLE_MS = 5_000;

export interface Presence {
  id: string;
  online: boolean;
}

/** Remembers since when each customer is gone. A customer who is gone when first seen has left already. */
export class AbsenceTracker {
  private since = new Map<string, number | undefined>();

  /** The customers who have left the site; `next`: when the next of those who are gone will count as such. */
  update(people: readonly Presence[], now: number): { left: Set<string>; nextChange: number | undefined } {
    const since = new Map<string, number | undefined>();
    const left = new Set<string>();
    let next: number | undefined;
    for (const { id, online } of people) {
      const gone = this.since.has(id) ? (this.since.get(id) ?? now) : now - SETTLE_MS;
      since.set(id, online ? undefined : gone);
      if (online) continue;
      if (gone + SETTLE_MS <= now) left.add(id);
      else next = Math.min(next ?? Number.POSITIVE_INFINITY, gone + SETTLE_MS);
    }
    this.since = since;
    return { left, nextChange: next };
  }
}
