import type { Store } from '../../client/line/storage';
import { Observable } from '../../components/observable';

type Texts = Record<string, string>;

/**
 * An agent's unsent texts by room, in localStorage. Other windows write there too, so each change is applied to the stored texts and
 * not to this window's copy.
 */
export class Drafts extends Observable<Texts> {
  constructor(
    private store: Store,
    readonly key: string,
  ) {
    super({});
    this.state = this.stored();
  }

  set(room: string, text: string): void {
    const { [room]: _, ...others } = this.stored();
    this.write(text ? { ...others, [room]: text } : others);
  }

  /** Removes the drafts of other rooms. */
  keepOnly(wanted: (room: string) => boolean): void {
    const all = Object.entries(this.stored());
    const kept = all.filter(([room]) => wanted(room));
    if (kept.length < all.length) this.write(Object.fromEntries(kept));
  }

  /** Reads what another window has written. */
  reload(): void {
    this.show(this.stored());
  }

  private stored(): Texts {
    try {
      const kept: object = JSON.parse(this.store.get(this.key) ?? '{}');
      return Object.fromEntries(Object.entries(kept).filter(([, text]) => typeof text === 'string'));
    } catch {
      return {}; // unreadable: no drafts
    }
  }

  private write(state: Texts): void {
    this.store.set(this.key, JSON.stringify(state));
    this.show(state);
  }
}
