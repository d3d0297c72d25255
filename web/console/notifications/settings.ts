import type { Store } from '../../client/line/storage';
import { Observable } from '../../components/observable';

/** The ways in which an agent can be told, each of which can be switched off. */
export const CHANNELS = ['sound', 'title', 'badge', 'desktop'] as const;
export type Channel = (typeof CHANNELS)[number];
export type EnabledChannels = Record<Channel, boolean>;

/** Nobody is asked for the browser's permission before they switch it on. */
const DEFAULTS: EnabledChannels = { sound: true, title: true, badge: true, desktop: false };
const KEY = 'rejoin.notices';

/** What this browser's agent wants to be told by. */
export class Settings extends Observable<EnabledChannels> {
  constructor(private store: Store) {
    super(DEFAULTS);
    try {
      const kept = JSON.parse(store.get(KEY) ?? '{}');
      for (const way of CHANNELS)
        if (typeof kept[way] === 'boolean') this.state = { ...this.state, [way]: kept[way] };
    } catch {
      // Then it is as at first.
    }
  }

  set(way: Channel, wanted: boolean): void {
    const state = { ...this.state, [way]: wanted };
    this.store.set(KEY, JSON.stringify(state));
    this.show(state);
  }
}
