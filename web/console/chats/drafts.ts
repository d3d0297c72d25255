import type { Store } from '../../client/line/storage';
import { Observable } from '../../components/observable';

type Texts = Record<string, string>;

/**
 * What an agent has begun to write, room by room. Kept in this browser, whatever happens to the page. Other windows write
 * there too: each change is made to what is kept, not to what this one last saw of it.
 */
export class Drafts extends Observable<Texts> {
  constructor(
    private store: Store,
    readonly place: string,
  ) {
    super({});
    this.state = this.kept();
  }

  set(room: string, text: string): void {
    const { [room]: _, ...others } = this.kept();
    this.put(text ? { ...others, [room]: text } : others);
  }

  /** Forgets what was meant for rooms that are over. */
  keep(wanted: (room: string) => boolean): void {
    const all = Object.entries(this.kept());
    const kept = all.filter(([room]) => wanted(room));
    if (kept.length < all.length) this.put(Object.fromEntries(kept));
  }

  /** Shows what another window has written. */
  follow(): void {
    this.show(this.kept());
  }

  private kept(): Texts {
    try {
      const kept: object = JSON.parse(this.store.get(this.place) ?? '{}');
      return Object.fromEntries(Object.entries(kept).filter(([, text]) => typeof text === 'string'));
    } catch {
      return {}; // then there is nothing to go on from
    }
  }

  private put(state: Texts): void {
    this.store.set(this.place, JSON.stringify(state));
    this.show(state);
  }
}
