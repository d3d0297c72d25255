import type { AgentRoom, AgentState } from '../../client/agent/state';

/** An event to notify the agent of. */
export interface AppNotification {
  kind: 'waiting' | 'text' | 'transferred';
  room: string;
  name: string;
  text?: string | undefined;
}

/** A room may be missing from the queue for a moment, as its index lags. After this it counts as removed. */
const FORGET_AFTER_MS = 60_000;

/**
 * Finds what is new between one state and the next, each event once. Nothing in the first state is new, so a reload is silent; what came
 * while the connection was lost is found when it is back.
 */
export class NotificationDetector {
  private started = false;
  /** Newest seq notified of, by room of this agent. */
  private notifiedSeq = new Map<string, number>();
  /** Rooms known to wait; for one that is missing from the queue, since when. */
  private known = new Map<string, number | undefined>();

  /** `isVisible`: whether the agent sees the room. */
  update(state: AgentState, now: number, isVisible: (room: string) => boolean): AppNotification[] {
    if (state.line !== 'open' || !state.me) return [];
    const notices = [...this.newInQueue(state, now), ...this.newInRooms(state, isVisible)];
    if (this.started) return notices;
    this.started = true;
    return [];
  }

  private newInQueue({ queue, rooms, status }: AgentState, now: number): AppNotification[] {
    // A left question makes no sound; when its customer is back, it is one more who waits.
    const listed = queue.filter(({ left }) => !left);
    const waiting = new Set(listed.map(({ id }) => id));
    for (const [id, gone = now] of this.known)
      if (now - gone > FORGET_AFTER_MS) this.known.delete(id);
      else if (!waiting.has(id)) this.known.set(id, gone);
    const fresh = listed.filter(({ id }) => !this.known.has(id) && !this.notifiedSeq.has(id));
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

  private newInRooms({ rooms, me }: AgentState, isVisible: (room: string) => boolean): AppNotification[] {
    const notices: AppNotification[] = [];
    for (const it of Object.values(rooms)) {
      if (!it.mine) continue;
      const { id, customer } = it.room;
      const seen = this.notifiedSeq.get(id);
      const newest = it.items.findLast(({ seq }) => seq !== undefined)?.seq ?? 0;
      // A room is loaded page by page; its earlier texts are not new.
      if (seen === undefined && (it.items[0]?.seq !== 1 || newest < it.room.seq)) continue;
      this.notifiedSeq.set(id, Math.max(seen ?? 0, newest));
      const notice = seen === undefined ? transferred(it, me?.name) : newText(it, seen);
      if (notice && !isVisible(id)) notices.push({ ...notice, room: id, name: customer.name ?? '' });
    }
    return notices;
  }
}

type Found = Pick<AppNotification, 'kind' | 'text'> | undefined;

/** A room that is new here was taken by the agent, unless a colleague transferred it. */
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
