import type { Store } from '../shared/storage';

/** What an agent has begun to write, room by room. Kept in this browser, whatever happens to the page. */
export class Drafts {
  state: Record<string, string> = {};
  private listeners = new Set<() => void>();

  constructor(
    private store: Store,
    private place: string,
  ) {
    try {
      this.state = JSON.parse(store.get(place) ?? '{}');
    } catch {
      // Then there is nothing to go on from.
    }
  }

  set(room: string, text: string): void {
    const { [room]: _, ...others } = this.state;
    this.put(text ? { ...others, [room]: text } : others);
  }

  /** Forgets what was meant for rooms that are over. */
  keep(wanted: (room: string) => boolean): void {
    const kept = Object.entries(this.state).filter(([room]) => wanted(room));
    if (kept.length < Object.keys(this.state).length) this.put(Object.fromEntries(kept));
  }

  subscribe(fn: () => void): () => void {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }

  private put(state: Record<string, string>): void {
    this.state = state;
    this.store.set(this.place, JSON.stringify(state));
    for (const fn of this.listeners) fn();
  }
}
