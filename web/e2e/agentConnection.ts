import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { EndedRoom, Message } from '../client/wire/protocol';
import type { ConsolePage } from './consolePage';

/** A second connection of an agent for requests. It does not join, so that their console stays connected. */
export class AgentConnection {
  private count = 0;

  private constructor(
    private agent: ConsolePage,
    private socket: WebSocket,
  ) {}

  static async beside(agent: ConsolePage): Promise<AgentConnection> {
    return new AgentConnection(agent, await opened(agent));
  }

  /** The answer to a frame; an `error` is thrown. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire
  async request(frame: object): Promise<any> {
    const id = `ask:${++this.count}`;
    this.socket.send(JSON.stringify({ ...frame, id }));
    for (;;) {
      const [text] = await once(this.socket, 'message');
      const answer = JSON.parse(`${text}`);
      if (answer.re !== id) continue;
      if (answer.code === 'not_current') {
        // The console has joined anew on a later connection, and older ones are refused.
        this.socket.close();
        this.socket = await opened(this.agent);
        return this.request(frame);
      }
      if (answer.type === 'error') throw new Error(`${JSON.stringify(frame)}: ${answer.message}`);
      return answer;
    }
  }

  /** All chats that ended between two times, ms since the epoch. */
  async endedChats(from: number, to: number): Promise<EndedRoom[]> {
    const rooms: EndedRoom[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.request({ action: 'chats', from, to, ...(cursor && { cursor }) });
      rooms.push(...page.rooms);
      cursor = page.cursor;
    } while (cursor);
    return rooms;
  }

  /** All messages of a chat, oldest first. */
  async messages({ id, before }: EndedRoom): Promise<Message[]> {
    const messages: Message[] = [];
    for (let at: string | undefined = before; at; ) {
      const page = await this.request({ action: 'history', room: id, before: at, limit: 30 });
      messages.unshift(...page.messages.filter((it: Message) => it.room === id));
      at = messages[0]?.event === 'opened' ? undefined : page.before;
    }
    return messages;
  }

  close(): void {
    this.socket.close();
  }
}

async function opened(agent: ConsolePage): Promise<WebSocket> {
  const socket = new WebSocket(agent.network.address);
  await once(socket, 'open');
  return socket;
}
