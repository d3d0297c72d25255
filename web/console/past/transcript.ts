import type { AgentSession } from '../../client/agent/state';
import { PastChats } from '../../client/room/past';
import type { Item } from '../../client/room/state';
import { MAX_PAGE } from '../../client/wire/limits';
import type { ErrorCode } from '../../client/wire/protocol';
import { Observable } from '../../components/observable';

export interface TranscriptState {
  /** Of the chat itself, and of those that this customer had before. */
  items: Item[];
  past: Item[];
  more: boolean;
  /** The customer is blocked; only admins are told. */
  blocked: boolean;
  failed?: ErrorCode;
}

/** An ended chat read from its end backwards, and on into what came before it. */
export class Transcript extends Observable<TranscriptState> {
  private past = new PastChats();
  private loading: Promise<void> | undefined;

  /** before: the cursor at which the chat ends; without it the chat is looked for from the customer's newest back. */
  constructor(
    private ask: AgentSession['request'],
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

  /** Unblocks the customer, or returns why that failed. */
  async unblock(): Promise<ErrorCode | undefined> {
    const answer = await this.ask({ action: 'block', room: this.room, blocked: false });
    if (answer?.type !== 'room') return answer?.type === 'error' ? answer.code : 'unavailable';
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
      } else failed = answer?.type === 'error' ? answer.code : 'unavailable';
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
