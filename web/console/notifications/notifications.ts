import type { AgentRoom, AgentState } from '../../client/agent/state';

/** Something that an agent who looks elsewhere wants to be told of. */
export interface AppNotification {
  kind: 'waiting' | 'text' | 'transferred';
  room: string;
  name: string;
  text?: string | undefined;
}

/** A queue may lose sight of a room for a moment, since its index lags; longer than this it was really gone. */
const FORGET_AFTER_MS = 60_000;

/**
 * Finds what is new between one state and the next, each event once. What the first state shows is not new, so a reload
 * stays quiet; what came while the line was lost is told when it is back.
 */
export class NotificationDetector {
  private started = false;
  /** Newest seq told of in each room of this agent. */
  private notifiedSeq = new Map<string, number>();
  /** Rooms known to wait; of one that is not in the queue any more, since when. */
  private known = new Map<string, number | undefined>();

  /** looking: has the agent this room before their eyes? */
  update(state: AgentState, now: number, looking: (room: string) => boolean): AppNotification[] {
    if (state.line !== 'open' || !state.me) return [];
    const notices = [...this.newInQueue(state, now), ...this.newInRooms(state, looking)];
    if (this.started) return notices;
    this.started = true;
    return [];
  }

  private newInQueue({ queue, rooms, status }: AgentState, now: number): AppNotification[] {
    const waiting = new Set(queue.map(({ id }) => id));
    for (const [id, gone = now] of this.known)
      if (now - gone > FORGET_AFTER_MS) this.known.delete(id);
      else if (!waiting.has(id)) this.known.set(id, gone);
    const fresh = queue.filter(({ id }) => !this.known.has(id) && !this.notifiedSeq.has(id));
    for (const id of waiting) this.known.set(id, undefined);
    for (const id of this.notifiedSeq.keys()) if (!rooms[id]?.mine) this.notifiedSeq.delete(id);
    if (status === 'away') return [];
    return fresh.map(({ id, customer, last, topic }) => ({
      kind: 'waiting',
      room: id,
      name: customer.name ?? '',
      text: last?.text ?? topic,
    }));
  }

  private newInRooms({ rooms, me }: AgentState, looking: (room: string) => boolean): AppNotification[] {
    const notices: AppNotification[] = [];
    for (const it of Object.values(rooms)) {
      if (!it.mine) continue;
      const { id, customer } = it.room;
      const seen = this.notifiedSeq.get(id);
      const newest = it.items.findLast(({ seq }) => seq !== undefined)?.seq ?? 0;
      // A room comes page by page: what was said in it before is no news.
      if (seen === undefined && (it.items[0]?.seq !== 1 || newest < it.room.seq)) continue;
      this.notifiedSeq.set(id, Math.max(seen ?? 0, newest));
      const notice = seen === undefined ? transferred(it, me?.name) : newText(it, seen);
      if (notice && !looking(id)) notices.push({ ...notice, room: id, name: customer.name ?? '' });
    }
    return notices;
  }
}

type Found = Pick<AppNotification, 'kind' | 'text'> | undefined;

/** A room that is new here was taken by the agent's own hand, unless a colleague handed it over. */
function transferred({ items }: AgentRoom, me: string | undefined): Found {
  const last = items.findLast(({ event }) => event === 'taken' || event === 'transferred');
  return last?.event === 'transferred' && (last.by === undefined || last.by === me)
    ? { kind: 'transferred', text: items.findLast(({ from }) => from === 'customer')?.text }
    : undefined;
}

function newText({ items }: AgentRoom, seen: number): Found {
  const fresh = items.findLast(({ from, seq }) => from === 'customer' && seq !== undefined && seq > seen);
  return fresh && { kind: 'text', text: fresh.text };
}
