import { PastChats } from '../../client/room/past';
import type { Item } from '../../client/room/state';
import { MAX_PAGE } from '../../client/wire/limits';
import type { ErrorCode } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';
import { errorCode, type Request } from '../request';

export interface TranscriptState {
  /** `items` are of the chat itself, `past` of the customer's earlier ones. */
  items: Item[];
  past: Item[];
  more: boolean;
  /** Whether the customer is blocked; only admins are told. */
  blocked: boolean;
  failed?: ErrorCode;
}

/** An ended chat, loaded backwards from its end and on into the customer's earlier chats. */
export class Transcript extends Observable<TranscriptState> {
  private past = new PastChats();
  private loading: Promise<void> | undefined;

  /** `before`: the cursor at the chat's end; without it the search begins at the customer's newest chat. */
  constructor(
    private ask: Request,
    private room: string,
    before: string | undefined,
  ) {
    super({ items: [], past: [], more: true, blocked: false });
    this.past.before = before;
  }

  older(): Promise<void> {
    this.loading ??= this.page().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  /** Unblocks the customer; returns the error's code if that failed. */
  async unblock(): Promise<ErrorCode | undefined> {
    const answer = await this.ask({ action: 'block', room: this.room, blocked: false });
    if (answer?.type !== 'room') return errorCode(answer);
    this.show({ ...this.state, blocked: false });
  }

  private async page(): Promise<void> {
    const { past, room } = this;
    let items: Item[] = [];
    let failed: ErrorCode | undefined;
    let { blocked } = this.state;
    while (past.more && !items.length && !failed) {
      const where = past.before ? { before: past.before } : {};
      const answer = await this.ask({ action: 'history', room, ...where, limit: MAX_PAGE });
      if (answer?.type === 'history') {
        past.addPage(answer, undefined);
        blocked = answer.blocked ?? false;
      } else failed = errorCode(answer);
      items = past.items.filter((it) => it.room === room);
    }
    const first = past.items.findIndex((it) => it.room === room);
    this.show({
      items,
      past: past.items.slice(0, Math.max(0, first)),
      more: past.more && !failed,
      blocked,
      ...(failed && { failed }),
    });
  }
}
