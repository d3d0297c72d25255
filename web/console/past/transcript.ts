import type { AgentSession, Item } from '../../shared/agent';
import { Past } from '../../shared/past';
import type { ErrorCode } from '../../shared/protocol';

const PAGE = 30;

export interface TranscriptState {
  /** Of the chat itself, and of those that this customer had before. */
  items: Item[];
  past: Item[];
  more: boolean;
  failed?: ErrorCode;
}

/** An ended chat read from its end backwards, and on into what came before it. */
export class Transcript {
  state: TranscriptState = { items: [], past: [], more: true };
  private past = new Past();
  private listeners = new Set<() => void>();
  private asking: Promise<void> | undefined;

  constructor(
    private ask: AgentSession['request'],
    private room: string,
  ) {}

  subscribe(fn: () => void): () => void {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }

  older(): Promise<void> {
    this.asking ??= this.page().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async page(): Promise<void> {
    const { past, room } = this;
    if (!past.more) return;
    const where = past.before ? { before: past.before } : { from: 'room' as const };
    const answer = await this.ask({ action: 'history', room, ...where, limit: PAGE });
    if (answer?.type === 'history') past.turn(answer, undefined);
    const failed = answer?.type === 'error' ? answer.code : undefined;
    this.state = {
      items: past.items.filter((it) => it.room === room),
      past: past.items.filter((it) => it.room !== room),
      more: past.more && !failed,
      ...(failed && { failed }),
    };
    for (const fn of this.listeners) fn();
  }
}
