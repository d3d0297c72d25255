import type { Store } from '../../client/line/storage';
import { Observable } from '../../components/observable';

/** The ways in which an agent can be told, each of which can be switched off. */
export const ways = ['sound', 'title', 'badge', 'desktop'] as const;
export type Way = (typeof ways)[number];
export type Wanted = Record<Way, boolean>;

/** Nobody is asked for the browser's permission before they switch it on. */
const AT_FIRST: Wanted = { sound: true, title: true, badge: true, desktop: false };
const PLACE = 'rejoin.notices';

/** What this browser's agent wants to be told by. */
export class Settings extends Observable<Wanted> {
  constructor(private store: Store) {
    super(AT_FIRST);
    try {
      const kept = JSON.parse(store.get(PLACE) ?? '{}');
      for (const way of ways)
        if (typeof kept[way] === 'boolean') this.state = { ...this.state, [way]: kept[way] };
    } catch {
      // Then it is as at first.
    }
  }

  set(way: Way, wanted: boolean): void {
    const state = { ...this.state, [way]: wanted };
    this.store.set(PLACE, JSON.stringify(state));
    this.show(state);
  }
}
