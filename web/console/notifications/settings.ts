import type { Store } from '../../client/line/storage';
import { Observable } from '../../components/observable';

/** The channels for notifications; each can be switched off. */
export const CHANNELS = ['sound', 'title', 'badge', 'desktop'] as const;
export type Channel = (typeof CHANNELS)[number];
export type EnabledChannels = Record<Channel, boolean>;

/** Desktop notifications are off, as browsers ask for permission when they are switched on. */
const DEFAULTS: EnabledChannels = { sound: true, title: true, badge: true, desktop: false };
const KEY = 'rejoin.notices';

/** The channels switched on in this browser. */
export class Settings extends Observable<EnabledChannels> {
  constructor(private store: Store) {
    super(DEFAULTS);
    try {
      const kept = JSON.parse(store.get(KEY) ?? '{}');
      for (const way of CHANNELS)
        if (typeof kept[way] === 'boolean') this.state = { ...this.state, [way]: kept[way] };
    } catch {
      // Unreadable: the defaults.
    }
  }

  set(way: Channel, wanted: boolean): void {
    const state = { ...this.state, [way]: wanted };
    this.store.set(KEY, JSON.stringify(state));
    this.show(state);
  }
}
