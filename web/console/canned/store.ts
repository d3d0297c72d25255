import type { AgentSession } from '../../client/agent/state';
import type { Canned, CannedScope, CannedText, ErrorCode } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';

/** The outcome of a change. conflict: somebody else changed it since; `theirs` is their version, undefined if deleted. */
export type Outcome =
  | { kind: 'done' }
  | { kind: 'conflict'; theirs: Canned | undefined }
  | { kind: 'failed'; code: ErrorCode };

export interface CannedState {
  /** The agent's own and the shared ones, sorted by position. */
  items: Canned[];
  loaded: boolean;
}

/** Distance between two positions, so that an item can be moved between them without changing the others. */
const POSITION_GAP = 65_536;

/** The list is fetched again after this, as others may have changed it. */
const FRESH_MS = 30_000;

const done: Outcome = { kind: 'done' };

/** The saved replies on the server. */
export class CannedStore extends Observable<CannedState> {
  private freshUntil = 0;

  constructor(
    private request: AgentSession['request'],
    private now = () => Date.now(),
  ) {
    super({ items: [], loaded: false });
  }

  /** Loads them, unless they were loaded less than FRESH_MS ago. */
  async refreshIfStale(): Promise<void> {
    if (this.now() < this.freshUntil) return;
    this.freshUntil = this.now() + FRESH_MS;
    await this.load();
  }

  async load(): Promise<void> {
    const items: Canned[] = [];
    let cursor: string | undefined;
    do {
      const answer = await this.request({ action: 'cannedList', ...(cursor && { cursor }) });
      if (answer?.type !== 'canned') return;
      items.push(...answer.items);
      cursor = answer.cursor;
    } while (cursor);
    this.showSorted(items, true);
  }

  inScope(scope: CannedScope): Canned[] {
    return this.state.items.filter((item) => item.scope === scope);
  }

  /** Stores a new one at the end, or edits the one that has this `version`. */
  async put({ key, scope, title, text, position, version }: CannedText & Partial<Canned>): Promise<Outcome> {
    const answer = await this.request({
      action: 'cannedPut',
      key,
      scope,
      title: title.trim(),
      text: text.trim(),
      ...(position !== undefined && { position }),
      ...(version !== undefined && { version }),
    });
    if (answer?.type === 'canned') {
      for (const stored of answer.items) this.storeItem(stored);
      return done;
    }
    return this.refused({ key, scope }, answer);
  }

  /** Deletes the version that the agent saw, not a newer one. */
  async remove(item: Canned): Promise<Outcome> {
    const { key, scope, version } = item;
    const answer = await this.request({ action: 'cannedDelete', key, scope, version });
    if (answer?.type !== 'ok') return this.refused(item, answer);
    this.showSorted(this.others(item));
    return done;
  }

  /** Moves one to another index among those of its scope. */
  async move(item: Canned, to: number): Promise<Outcome> {
    const others = this.inScope(item.scope).filter(({ key }) => key !== item.key);
    const before = others[to - 1]?.position ?? (others[0]?.position ?? 0) - 2 * POSITION_GAP;
    const after = others[to]?.position ?? before + 2 * POSITION_GAP;
    const position = Math.floor((before + after) / 2);
    if (position > before && position < after) return this.put({ ...item, position });
    const order = [...others.slice(0, to), item, ...others.slice(to)];
    for (const [i, it] of order.entries()) {
      const outcome = await this.put({ ...it, position: (i + 1) * POSITION_GAP });
      if (outcome.kind !== 'done') return outcome;
    }
    return done;
  }

  private refused(
    item: Pick<Canned, 'key' | 'scope'>,
    answer: Awaited<ReturnType<AgentSession['request']>>,
  ): Outcome {
    if (answer?.type !== 'error') return { kind: 'failed', code: 'unavailable' };
    const { code, item: theirs } = answer;
    if (code !== 'conflict' && code !== 'not_found') return { kind: 'failed', code };
    if (theirs) this.storeItem(theirs);
    else this.showSorted(this.others(item));
    return { kind: 'conflict', theirs };
  }

  private storeItem(item: Canned): void {
    this.showSorted([...this.others(item), item]);
  }

  private others({ key, scope }: Pick<Canned, 'key' | 'scope'>): Canned[] {
    return this.state.items.filter((it) => it.key !== key || it.scope !== scope);
  }

  private showSorted(items: Canned[], loaded = this.state.loaded): void {
    const sorted = [...items].sort((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1));
    this.show({ items: sorted, loaded });
  }
}
