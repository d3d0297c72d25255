import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { EndedRoom, Message } from '../client/wire/protocol';
import type { Desk } from './desk';

/** A second connection of the agent at a desk, which asks and does not join: the desk stays where it is. */
export class Ask {
  private count = 0;

  private constructor(
    private desk: Desk,
    private socket: WebSocket,
  ) {}

  static async beside(desk: Desk): Promise<Ask> {
    return new Ask(desk, await opened(desk));
  }

  /** The answer, of whatever frame. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire
  async of(frame: object): Promise<any> {
    const id = `ask:${++this.count}`;
    this.socket.send(JSON.stringify({ ...frame, id }));
    for (;;) {
      const [text] = await once(this.socket, 'message');
      const answer = JSON.parse(`${text}`);
      if (answer.re !== id) continue;
      if (answer.code === 'not_current') {
        // The desk had to connect again meanwhile: of one agent's connections only those after the last join are answered.
        this.socket.close();
        this.socket = await opened(this.desk);
        return this.of(frame);
      }
      if (answer.type === 'error') throw new Error(`${JSON.stringify(frame)}: ${answer.message}`);
      return answer;
    }
  }

  /** All chats that ended in a time. */
  async ended(from: number, to: number): Promise<EndedRoom[]> {
    const rooms: EndedRoom[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.of({ action: 'chats', from, to, ...(cursor && { cursor }) });
      rooms.push(...page.rooms);
      cursor = page.cursor;
    } while (cursor);
    return rooms;
  }

  /** All that was said in a chat, in its order. */
  async said({ id, before }: EndedRoom): Promise<Message[]> {
    const messages: Message[] = [];
    for (let at: string | undefined = before; at; ) {
      const page = await this.of({ action: 'history', room: id, before: at, limit: 30 });
      messages.unshift(...page.messages.filter((it: Message) => it.room === id));
      at = messages[0]?.event === 'opened' ? undefined : page.before;
    }
    return messages;
  }

  close(): void {
    this.socket.close();
  }
}

async function opened(desk: Desk): Promise<WebSocket> {
  const socket = new WebSocket(desk.line.address);
  await once(socket, 'open');
  return socket;
}
