import type { AgentSession } from '../../client/agent/state';
import type { EndedRoom, ErrorCode } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';
import { chatsQuery, type Filter } from './filter';

type Request = AgentSession['request'];

/** The server would not, or could not, answer. */
export class RequestFailed extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}

interface Page {
  rooms: EndedRoom[];
  /** The oldest time that was looked at, if the server said. */
  reached: number | undefined;
  last: boolean;
}

/** Every ended chat of a filter, page by page, newest first. A page may be empty and others come after it. */
export async function* chatPages(ask: Request, filter: Filter, emails = false): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const answer = await ask({
      action: 'chats',
      ...chatsQuery(filter),
      ...(emails && { emails }),
      ...(cursor && { cursor }),
    });
    if (answer?.type !== 'chats')
      throw new RequestFailed(answer?.type === 'error' ? answer.code : 'unavailable');
    cursor = answer.cursor;
    yield { rooms: answer.rooms, reached: answer.rooms.at(-1)?.ended, last: !cursor };
  } while (cursor);
}

export interface PastState {
  rooms: EndedRoom[];
  /** loading: more is under way. more: there may be more. all: that was all. */
  status: 'loading' | 'more' | 'all' | 'failed';
  failed?: ErrorCode;
}

/** Rows that one wish for more adds at least, where there are so many. */
const MIN_NEW_ROWS = 30;

/** The table of one filter as far as it was asked for. */
export class PastChatList extends Observable<PastState> {
  private source: AsyncGenerator<Page>;
  private closed = false;

  constructor(
    private ask: Request,
    private filter: Filter,
  ) {
    super({ rooms: [], status: 'more' });
    this.source = chatPages(ask, filter);
  }

  close(): void {
    this.closed = true;
  }

  async more(): Promise<void> {
    const { status: at, rooms } = this.state;
    if (at === 'loading' || at === 'all') return;
    if (at === 'failed') this.source = chatPages(this.ask, this.filter); // a generator that threw is at its end
    const kept = at === 'failed' ? [] : rooms;
    this.show({ rooms: kept, status: 'loading' });
    try {
      while (!this.closed && this.state.rooms.length < kept.length + MIN_NEW_ROWS) {
        const { value } = await this.source.next();
        const all = [...this.state.rooms, ...(value?.rooms ?? [])];
        if (!value || value.last) return this.show({ rooms: all, status: 'all' });
        this.show({ rooms: all, status: 'loading' });
      }
      this.show({ rooms: this.state.rooms, status: 'more' });
    } catch (error) {
      const failed = error instanceof RequestFailed ? error.code : 'unavailable';
      this.show({ rooms: this.state.rooms, status: 'failed', failed });
    }
  }
}
