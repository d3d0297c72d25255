import type {
  ErrorCode,
  RoomObject,
  WaitingAct,
  WaitingGroup,
  WaitingQuery,
} from '../../client/wire/protocol';
import { Observable } from '../../components/observable';
import { codeOf, errorCode, type Request, RequestFailed } from '../request';

export interface ReviewState {
  /** looking: counts grow. looked: all were counted. working: chats are ended. done: all that could be are. */
  status: 'looking' | 'looked' | 'working' | 'done' | 'failed';
  checked: number;
  found: number;
  ended: number;
  blocked: number;
  /** Neither ended nor blocked for now. */
  failed: number;
  /** The oldest of those found. */
  rooms: RoomObject[];
  /** What all that wait have in common, the largest first. */
  groups: WaitingGroup[];
  code?: ErrorCode;
}

const NOTHING = { checked: 0, found: 0, ended: 0, blocked: 0, failed: 0 };

/** Shown of each kind. */
const MAX_GROUPS = 5;
const MAX_EXAMPLES = 5;

/** What many who wait have in common, and ending their chats page by page. */
export class Review extends Observable<ReviewState> {
  /** Increases with each task, which stops the one before. */
  private task = 0;

  constructor(private request: Request) {
    super({ status: 'looking', ...NOTHING, rooms: [], groups: [] });
  }

  /** Others are meant now: what was counted no longer tells who would be ended. */
  doubt(): void {
    this.task++;
    this.show({ ...this.state, status: 'looking' });
  }

  /** Counts those that are meant; without a query all, to find what they have in common. */
  async look(query: WaitingQuery): Promise<void> {
    this.show({ ...this.state, status: 'looking', ...NOTHING, rooms: [] });
    if (await this.run('look', query)) this.show({ ...this.state, status: 'looked' });
  }

  /** Ends those that are meant, or also blocks their customers. */
  async act(act: Exclude<WaitingAct, 'look'>, query: WaitingQuery): Promise<void> {
    const { found } = this.state;
    this.show({ ...this.state, status: 'working', ...NOTHING, found });
    if (await this.run(act, query)) this.show({ ...this.state, status: 'done' });
  }

  /** After the page that is under way, nothing more is done. */
  stop(): void {
    this.task++;
    if (this.state.status === 'working') this.show({ ...this.state, status: 'done' });
  }

  /** False if another task has begun, or an error was shown. */
  private async run(act: WaitingAct, query: WaitingQuery): Promise<boolean> {
    const task = ++this.task;
    const all = !query.from && !query.pattern;
    const sizes = new Map<string, WaitingGroup>();
    let cursor: string | undefined;
    try {
      do {
        const page = await this.request({ action: 'endWaiting', act, ...query, ...(cursor && { cursor }) });
        if (page?.type !== 'waiting') throw new RequestFailed(errorCode(page));
        if (act !== 'look') this.add(page, act); // also of a page during which it was stopped
        if (task !== this.task) return false;
        if (act === 'look') {
          this.add(page, act);
          this.show({
            ...this.state,
            rooms: [...this.state.rooms, ...page.rooms].slice(0, MAX_EXAMPLES),
            ...(all && { groups: merged(sizes, page.groups) }),
          });
        }
        cursor = page.cursor;
      } while (cursor);
      return true;
    } catch (error) {
      if (task === this.task) this.show({ ...this.state, status: 'failed', code: codeOf(error) });
      return false;
    }
  }

  private add(page: typeof NOTHING, act: WaitingAct): void {
    const { checked, found, ended, blocked, failed } = this.state;
    this.show({
      ...this.state,
      checked: checked + page.checked,
      found: act === 'look' ? found + page.found : found,
      ended: ended + page.ended,
      blocked: blocked + page.blocked,
      failed: failed + page.failed,
    });
  }
}

/** The groups with those of one more page, the largest of each kind first. */
function merged(sizes: Map<string, WaitingGroup>, page: WaitingGroup[]): WaitingGroup[] {
  for (const group of page) {
    const key = JSON.stringify([group.from, group.text]);
    sizes.set(key, { ...group, rooms: group.rooms + (sizes.get(key)?.rooms ?? 0) });
  }
  const sorted = [...sizes.values()].sort((a, b) => b.rooms - a.rooms);
  const kind = (from: boolean) => sorted.filter((it) => !!it.from === from).slice(0, MAX_GROUPS);
  return [...kind(true), ...kind(false)];
}
