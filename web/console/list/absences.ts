/** A page change within the shop takes a moment; only who is gone for longer has left. */
export const SETTLE_MS = 5_000;

export interface Presence {
  id: string;
  online: boolean;
}

/** Remembers since when each of some customers is gone. Who was so when they were first seen left before that. */
export class Absences {
  private since = new Map<string, number | undefined>();

  /** Who of these has left the site; next: when somebody who is gone by now will have. */
  look(people: readonly Presence[], now: number): { left: Set<string>; next: number | undefined } {
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
    return { left, next };
  }
}
