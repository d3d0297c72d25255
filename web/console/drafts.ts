import type { Store } from '../shared/storage';
import { Observable } from '../ui/observable';

/** What an agent has begun to write, room by room. Kept in this browser, whatever happens to the page. */
export class Drafts extends Observable<Record<string, string>> {
  constructor(
    private store: Store,
    private place: string,
  ) {
    super({});
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

  private put(state: Record<string, string>): void {
    this.store.set(this.place, JSON.stringify(state));
    this.show(state);
  }
}
