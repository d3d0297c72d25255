import type { EndedRoom, ErrorCode } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';
import { codeOf, errorCode, type Request, RequestFailed } from '../request';
import { chatsQuery, type Filter } from './filter';

interface Page {
  rooms: EndedRoom[];
  /** End of the oldest chat of the page, ms since the epoch. */
  reached: number | undefined;
  last: boolean;
}

/** All ended chats of a filter, page by page, newest first. A page may be empty though others follow. Throws RequestFailed. */
export async function* chatPages(request: Request, filter: Filter, emails = false): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const answer = await request({
      action: 'chats',
      ...chatsQuery(filter),
      ...(emails && { emails }),
      ...(cursor && { cursor }),
    });
    if (answer?.type !== 'chats') throw new RequestFailed(errorCode(answer));
    cursor = answer.cursor;
    yield { rooms: answer.rooms, reached: answer.rooms.at(-1)?.ended, last: !cursor };
  } while (cursor);
}

export interface PastState {
  rooms: EndedRoom[];
  /** loading: a request is under way. more: there may be more. all: the end is reached. */
  status: 'loading' | 'more' | 'all' | 'failed';
  failed?: ErrorCode;
}

/** Rows that one `more` adds at least, if there are as many. */
const MIN_NEW_ROWS = 30;

/** The chats of one filter, loaded as far as requested. */
export class PastChatList extends Observable<PastState> {
  private source: AsyncGenerator<Page>;
  private closed = false;

  constructor(
    private request: Request,
    private filter: Filter,
  ) {
    super({ rooms: [], status: 'more' });
    this.source = chatPages(request, filter);
  }

  close(): void {
    this.closed = true;
  }

  async more(): Promise<void> {
    const { status: at, rooms } = this.state;
    if (at === 'loading' || at === 'all') return;
    if (at === 'failed') this.source = chatPages(this.request, this.filter); // a generator that has thrown cannot continue
    const previous = at === 'failed' ? [] : rooms;
    this.show({ rooms: previous, status: 'loading' });
    try {
      while (!this.closed && this.state.rooms.length < previous.length + MIN_NEW_ROWS) {
        const { value } = await this.source.next();
        const all = [...this.state.rooms, ...(value?.rooms ?? [])];
        if (!value || value.last) return this.show({ rooms: all, status: 'all' });
        this.show({ rooms: all, status: 'loading' });
      }
      this.show({ rooms: this.state.rooms, status: 'more' });
    } catch (error) {
      const failed = codeOf(error);
      this.show({ rooms: this.state.rooms, status: 'failed', failed });
    }
  }
}
