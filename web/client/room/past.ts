import type { HistoryFrame } from '../wire/protocol';
import type { Item } from './state';
import type { Thread } from './thread';

/** Earlier chats of one customer, fetched page by page from the newest. */
export class PastChats {
  items: Item[] = [];
  /** Cursor of the next older page. undefined: the newest page; null: there is none. */
  before: string | null | undefined;
  private known = new Set<string>();

  get more(): boolean {
    return this.before !== null;
  }

  /** Adds the next older page; messages of the current room go to its thread. */
  addPage({ messages, before }: HistoryFrame, current: Thread | undefined): void {
    this.before = before ?? null;
    const currentRoom = current?.id;
    current?.addHistory(messages.filter(({ room }) => room === currentRoom));
    const items = messages.flatMap(({ room = '', ...message }) =>
      room === currentRoom ? [] : [{ ...message, room, key: `${room}#${message.seq}` }],
    );
    this.items = [...this.withoutKnown(items), ...this.items];
  }

  /** Adds a room that has just stopped being the current one. */
  append(items: Item[]): void {
    const added = this.withoutKnown(items);
    if (added.length) this.items = [...this.items, ...added];
  }

  private withoutKnown(items: Item[]): Item[] {
    return items.filter(({ room, seq }) => {
      const id = `${room}#${seq}`;
      return !this.known.has(id) && this.known.add(id);
    });
  }
}
