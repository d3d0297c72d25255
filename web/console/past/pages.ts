import type { AgentSession } from '../../client/agent/state';
import type { EndedRoom, ErrorCode } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';
import { type Filter, wireOf } from './filter';

type Ask = AgentSession['request'];

/** The server would not, or could not, answer. */
export class Failed extends Error {
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
export async function* pages(ask: Ask, filter: Filter, emails = false): AsyncGenerator<Page> {
  let cursor: string | undefined;
  do {
    const answer = await ask({
      action: 'chats',
      ...wireOf(filter),
      ...(emails && { emails }),
      ...(cursor && { cursor }),
    });
    if (answer?.type !== 'chats') throw new Failed(answer?.type === 'error' ? answer.code : 'unavailable');
    cursor = answer.cursor;
    yield { rooms: answer.rooms, reached: answer.rooms.at(-1)?.ended, last: !cursor };
  } while (cursor);
}

export interface PastState {
  rooms: EndedRoom[];
  /** loading: more is under way. more: there may be more. all: that was all. */
  at: 'loading' | 'more' | 'all' | 'failed';
  failed?: ErrorCode;
}

/** Rows that one wish for more adds at least, where there are so many. */
const BATCH = 30;

/** The table of one filter as far as it was asked for. */
export class PastChats extends Observable<PastState> {
  private source: AsyncGenerator<Page>;
  private closed = false;

  constructor(
    private ask: Ask,
    private filter: Filter,
  ) {
    super({ rooms: [], at: 'more' });
    this.source = pages(ask, filter);
  }

  close(): void {
    this.closed = true;
  }

  async more(): Promise<void> {
    const { at, rooms } = this.state;
    if (at === 'loading' || at === 'all') return;
    if (at === 'failed') this.source = pages(this.ask, this.filter); // a generator that threw is at its end
    const kept = at === 'failed' ? [] : rooms;
    this.show({ rooms: kept, at: 'loading' });
    try {
      while (!this.closed && this.state.rooms.length < kept.length + BATCH) {
        const { value } = await this.source.next();
        const all = [...this.state.rooms, ...(value?.rooms ?? [])];
        if (!value || value.last) return this.show({ rooms: all, at: 'all' });
        this.show({ rooms: all, at: 'loading' });
      }
      this.show({ rooms: this.state.rooms, at: 'more' });
    } catch (error) {
      const failed = error instanceof Failed ? error.code : 'unavailable';
      this.show({ rooms: this.state.rooms, at: 'failed', failed });
    }
  }
}
