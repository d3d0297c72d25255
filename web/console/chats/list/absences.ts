/** Longer than a page change takes, ms. */
export const SETTLE_MS = 5_000;

export interface Presence {
  id: string;
  online: boolean;
}

/** Tracks since when each customer is offline. A customer who is offline when first seen counts as having left. */
export class AbsenceTracker {
  private since = new Map<string, number | undefined>();

  /** `left`: ids of the customers who have left the site. `nextChange`: when the next of those offline will count as such. */
  update(people: readonly Presence[], now: number): { left: Set<string>; nextChange: number | undefined } {
    const since = new Map<string, number | undefined>();
    const left = new Set<string>();
    let next: number | undefined;
    for (const { id, online } of people) {
      const offlineSince = this.since.has(id) ? (this.since.get(id) ?? now) : now - SETTLE_MS;
      since.set(id, online ? undefined : offlineSince);
      if (online) continue;
      if (offlineSince + SETTLE_MS <= now) left.add(id);
      else next = Math.min(next ?? Number.POSITIVE_INFINITY, offlineSince + SETTLE_MS);
    }
    this.since = since;
    return { left, nextChange: next };
  }
}
