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
    readonly key: string,
  ) {
    super({});
    this.state = this.stored();
  }

  set(room: string, text: string): void {
    const { [room]: _, ...others } = this.stored();
    this.write(text ? { ...others, [room]: text } : others);
  }

  /** Forgets what was meant for rooms that are over. */
  keepOnly(wanted: (room: string) => boolean): void {
    const all = Object.entries(this.stored());
    const kept = all.filter(([room]) => wanted(room));
    if (kept.length < all.length) this.write(Object.fromEntries(kept));
  }

  /** Shows what another window has written. */
  reload(): void {
    this.show(this.stored());
  }

  private stored(): Texts {
    try {
      const kept: object = JSON.parse(this.store.get(this.key) ?? '{}');
      return Object.fromEntries(Object.entries(kept).filter(([, text]) => typeof text === 'string'));
    } catch {
      return {}; // then there is nothing to go on from
    }
  }

  private write(state: Texts): void {
    this.store.set(this.key, JSON.stringify(state));
    this.show(state);
  }
}
