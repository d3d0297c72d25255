import { Past } from '../room/past';
import type { Thread } from '../room/thread';
import { type Answer, isPermanentRefusal } from '../session/session';
import { MAX_PAGE } from '../wire/limits';
import type { Command } from '../wire/protocol';

/** What an agent has fetched of the rooms' histories: of each room itself, and of its customer's earlier chats. */
export class Histories {
  private pasts = new Map<string, Past>();
  /** How far a room had come when its newest page was last fetched. */
  private upTo = new Map<string, number>();

  constructor(private ask: (command: Command) => Promise<Answer | undefined>) {}

  of(room: string): Past {
    const past = this.pasts.get(room) ?? new Past();
    this.pasts.set(room, past);
    return past;
  }

  clear(): void {
    this.pasts.clear();
    this.upTo.clear();
  }

  /** The newest page of a room that has come as far as seq, unless there is nothing new on it. */
  async newest(thread: Thread, seq: number): Promise<Answer | undefined> {
    const { id } = thread;
    if (seq <= (this.upTo.get(id) ?? -1)) return;
    this.upTo.set(id, seq);
    const past = this.of(id);
    const { before } = past;
    const last = thread.stored().at(-1)?.seq ?? 0;
    const answer = await this.page(thread);
    const joins =
      answer?.type === 'history' && answer.messages.some((it) => it.room === id && it.seq <= last);
    if (joins && before !== undefined) past.before = before; // older ones go on from where they were
    return answer;
  }

  async older(thread: Thread): Promise<Answer | undefined> {
    const { before } = this.of(thread.id);
    const answer = before === null ? undefined : await this.page(thread, before);
    if (isPermanentRefusal(answer)) this.of(thread.id).before = null; // what is refused is not asked for again
    return answer;
  }

  private async page(thread: Thread, before?: string): Promise<Answer | undefined> {
    const { id } = thread;
    const answer = await this.ask({
      action: 'history',
      room: id,
      ...(before && { before }),
      limit: MAX_PAGE,
    });
    if (answer?.type === 'history') this.of(id).turn(answer, thread);
    return answer;
  }
}
