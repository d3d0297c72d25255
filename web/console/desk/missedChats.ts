import type { AgentState } from '../../client/agent/state';
import type { Store } from '../../client/line/storage';
import type { RoomObject } from '../../client/wire/protocol';

/** What became of an agent's chats while they had no line. */
export interface Missed {
  /** These wait in the queue again, at their old place. */
  back: RoomObject[];
  /** Names in those that ended, or that a colleague has now. */
  gone: string[];
}

/**
 * Remembers which chats an agent holds, also over a closed browser, and finds on their return which they no longer do.
 * What happens while the line is there happens before their eyes.
 */
export class Returned {
  /** Was the agent at this desk, or at another one, until now? */
  private known = false;

  constructor(
    private store: Store,
    private place: string,
  ) {}

  next({ line, rooms, queue }: AgentState): Missed | undefined {
    if (line !== 'open') {
      this.known = line === 'replaced' || (this.known && line === 'connecting');
      return;
    }
    const held = Object.values(rooms).filter(({ mine }) => mine);
    const now = new Map(held.map(({ room }) => [room.id, room.customer.name ?? '']));
    const kept = this.known ? [] : this.kept();
    this.known = true;
    const text = JSON.stringify([...now]);
    if (this.store.get(this.place) !== text) this.store.set(this.place, text);
    const missing = kept.filter(([id]) => !now.has(id));
    if (!missing.length) return;
    const back = queue.filter(({ id }) => missing.some(([room]) => room === id));
    const gone = missing.filter(([room]) => !back.some(({ id }) => id === room)).map(([, name]) => name);
    return { back, gone };
  }

  private kept(): [string, string][] {
    try {
      const kept: [string, string][] = JSON.parse(this.store.get(this.place) ?? '[]');
      return kept.filter(Array.isArray);
    } catch {
      return [];
    }
  }
}
