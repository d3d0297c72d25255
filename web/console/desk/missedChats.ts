import type { AgentState } from '../../client/agent/state';
import type { Store } from '../../client/line/storage';
import type { RoomObject } from '../../client/wire/protocol';

/** Chats that an agent lost while disconnected. */
export interface MissedChats {
  /** Back in the queue, at their old position. */
  requeued: RoomObject[];
  /** Customers' names of those that ended or that a colleague has now. */
  lost: string[];
}

/** Stores which chats an agent has, and finds after a reconnect or a restart which of them they have lost in the meantime. */
export class MissedChatsDetector {
  /** Whether the agent was connected until now, here or in another window. */
  private connectedBefore = false;

  constructor(
    private store: Store,
    private key: string,
  ) {}

  update({ line, rooms, queue }: AgentState): MissedChats | undefined {
    if (line !== 'open') {
      this.connectedBefore = line === 'replaced' || (this.connectedBefore && line === 'connecting');
      return;
    }
    const held = Object.values(rooms).filter(({ mine }) => mine);
    const now = new Map(held.map(({ room }) => [room.id, room.customer.name ?? '']));
    const stored = this.connectedBefore ? [] : this.kept();
    this.connectedBefore = true;
    const text = JSON.stringify([...now]);
    if (this.store.get(this.key) !== text) this.store.set(this.key, text);
    const missing = stored.filter(([id]) => !now.has(id));
    if (!missing.length) return;
    const back = queue.filter(({ id }) => missing.some(([room]) => room === id));
    const gone = missing.filter(([room]) => !back.some(({ id }) => id === room)).map(([, name]) => name);
    return { requeued: back, lost: gone };
  }

  private kept(): [string, string][] {
    try {
      const kept: [string, string][] = JSON.parse(this.store.get(this.key) ?? '[]');
      return kept.filter(Array.isArray);
    } catch {
      return [];
    }
  }
}
