import type { HistoryFrame } from '../wire/protocol';
import type { Item } from './state';
import type { Thread } from './thread';

/** Earlier chats of one customer, page by page backwards. */
export class Past {
  items: Item[] = [];
  /** Where the next older page begins; undefined: at the newest, null: there is none. */
  before: string | null | undefined;
  private have = new Set<string>();

  get more(): boolean {
    return this.before !== null;
  }

  /** Takes in the next older page; the present room's own messages go where they belong. */
  turn({ messages, before }: HistoryFrame, present: Thread | undefined): void {
    this.before = before ?? null;
    const here = present?.id;
    present?.recall(messages.filter(({ room }) => room === here));
    const items = messages.flatMap(({ room = '', ...message }) =>
      room === here ? [] : [{ ...message, room, key: `${room}#${message.seq}` }],
    );
    this.items = [...this.fresh(items), ...this.items];
  }

  /** A room that was the present one until now. */
  append(items: Item[]): void {
    const fresh = this.fresh(items);
    if (fresh.length) this.items = [...this.items, ...fresh];
  }

  private fresh(items: Item[]): Item[] {
    return items.filter(({ room, seq }) => {
      const place = `${room}#${seq}`;
      return !this.have.has(place) && this.have.add(place);
    });
  }
}
