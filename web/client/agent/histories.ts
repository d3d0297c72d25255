import { PastChats } from '../room/past';
import type { Thread } from '../room/thread';
import type { Answer } from '../session/role';
import { isPermanentRefusal } from '../session/session';
import { MAX_PAGE } from '../wire/limits';
import type { Command } from '../wire/protocol';

/** The history pages that an agent has fetched: of each room, and of its customer's earlier chats. */
export class Histories {
  private pastChats = new Map<string, PastChats>();
  /** Each room's newest seq when its newest page was last fetched. */
  private fetchedUpTo = new Map<string, number>();

  constructor(private request: (command: Command) => Promise<Answer | undefined>) {}

  of(room: string): PastChats {
    const past = this.pastChats.get(room) ?? new PastChats();
    this.pastChats.set(room, past);
    return past;
  }

  clear(): void {
    this.pastChats.clear();
    this.fetchedUpTo.clear();
  }

  /** Fetches a room's newest page, unless it was fetched at this seq or later. */
  async newest(thread: Thread, seq: number): Promise<Answer | undefined> {
    const { id } = thread;
    if (seq <= (this.fetchedUpTo.get(id) ?? -1)) return;
    this.fetchedUpTo.set(id, seq);
    const past = this.of(id);
    const { before } = past;
    const last = thread.stored().at(-1)?.seq ?? 0;
    const answer = await this.page(thread);
    const overlaps =
      answer?.type === 'history' && answer.messages.some((it) => it.room === id && it.seq <= last);
    if (overlaps && before !== undefined) past.before = before; // older pages continue where they were
    return answer;
  }

  async older(thread: Thread): Promise<Answer | undefined> {
    const { before } = this.of(thread.id);
    const answer = before === null ? undefined : await this.page(thread, before);
    if (isPermanentRefusal(answer)) this.of(thread.id).before = null; // not to be asked for again
    return answer;
  }

  private async page(thread: Thread, before?: string): Promise<Answer | undefined> {
    const { id } = thread;
    const answer = await this.request({
      action: 'history',
      room: id,
      ...(before && { before }),
      limit: MAX_PAGE,
    });
    if (answer?.type === 'history') this.of(id).addPage(answer, thread);
    return answer;
  }
}
