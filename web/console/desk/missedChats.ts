import type { AgentState } from '../../client/agent/state';
import type { Store } from '../../client/line/storage';
import type { RoomObject } from '../../client/wire/protocol';

/** What became of an agent's chats while they had no line. */
export interface MissedChats {
  /** These wait in the queue again, at their old place. */
  requeued: RoomObject[];
  /** Names in those that ended, or that a colleague has now. */
  lost: string[];
}

/**
 * Remembers which chats an agent holds, also over a closed browser, and finds on their return which they no longer do.
 * What happens while the line is there happens before their eyes.
 */
export class MissedChatsDetector {
  /** Was the agent at this desk, or at another one, until now? */
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
