import type { Store } from '../../shared/storage';

/** The ways in which an agent can be told, each of which can be switched off. */
export const ways = ['sound', 'title', 'badge', 'desktop'] as const;
export type Way = (typeof ways)[number];
export type Wanted = Record<Way, boolean>;

/** Nobody is asked for the browser's permission before they switch it on. */
const AT_FIRST: Wanted = { sound: true, title: true, badge: true, desktop: false };
const PLACE = 'rejoin.notices';

/** What this browser's agent wants to be told by. */
export class Settings {
  state: Wanted = AT_FIRST;
  private listeners = new Set<() => void>();

  constructor(private store: Store) {
    try {
      const kept = JSON.parse(store.get(PLACE) ?? '{}');
      for (const way of ways)
        if (typeof kept[way] === 'boolean') this.state = { ...this.state, [way]: kept[way] };
    } catch {
      // Then it is as at first.
    }
  }

  set(way: Way, wanted: boolean): void {
    this.state = { ...this.state, [way]: wanted };
    this.store.set(PLACE, JSON.stringify(this.state));
    for (const fn of this.listeners) fn();
  }

  subscribe(fn: () => void): () => void {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }
}
