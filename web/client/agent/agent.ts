import { browserEffects, type Effects } from '../line/effects';
import { NEVER } from '../line/line';
import { isSavedThread, openThread, type SavedThread, type Thread } from '../room/thread';
import {
  type Answer,
  type Options,
  openSession,
  type Session,
  type SessionRole,
  shallowEqual,
} from '../session/session';
import { clean } from '../wire/clean';
import { MAX_HOLDINGS } from '../wire/limits';
import type {
  AgentStatus,
  Card,
  ClientFrame,
  Command,
  DeskFrame,
  ErrorFrame,
  Person,
  QueueFrame,
  RoomObject,
  RoomUpdate,
} from '../wire/protocol';
import { isRoom } from '../wire/valid';
import { Histories } from './histories';
import type { AgentRoom, AgentSession, AgentState } from './state';
import { transferredBy } from './transfer';

const POLL = 30_000;

export interface AgentOptions extends Options {
  effects?: Effects;
}

type Saved = { threads: SavedThread[] };

export function agentSession(options: AgentOptions): Agent {
  return new Agent(options.effects ?? browserEffects(), options);
}

export class Agent implements AgentSession, SessionRole<AgentState> {
  private base: Session<AgentState>;
  private me: Person | undefined;
  private status: AgentStatus = 'online';
  private queue: RoomObject[] = [];
  /** How many more wait than the queue shows. */
  private beyond = 0;
  private cards = new Map<string, Card>();
  private colleagues: Person[] = [];
  private error: AgentState['error'];
  private histories = new Histories((command) => this.request(command));
  /** Rooms named in the newest join. */
  private named: string[] = [];
  private pollAt = NEVER;

  constructor(
    protected fx: Effects,
    options: AgentOptions,
  ) {
    this.base = openSession<AgentState>(fx, options, this);
  }

  get state(): AgentState {
    return this.base.state;
  }

  get threads(): Map<string, Thread> {
    return this.base.threads;
  }

  subscribe(fn: (state: AgentState) => void): () => void {
    return this.base.subscribe(fn);
  }

  open = (): void => this.base.open();

  takeOver = (): void => this.open();

  close = (): void => this.base.close();

  take(room: string): void {
    this.command({ action: 'take', room });
  }

  end(room: string): void {
    this.command({ action: 'end', room });
  }

  release(room: string): void {
    this.command({ action: 'release', room });
  }

  transfer(room: string, agent: string): void {
    this.command({ action: 'transfer', room, agent });
  }

  block(room: string, blocked: boolean): void {
    this.command({ action: 'block', room, blocked });
  }

  setStatus(status: AgentStatus): void {
    this.status = status;
    this.forget(({ action }) => action === 'status'); // the last word counts
    this.command({ action: 'status', status });
  }

  send(room: string, text: string, key = this.fx.key()): void {
    const own = { key, text: clean(text), at: this.fx.now() };
    if (own.text) this.thread(room).add(own);
    this.base.step();
  }

  retry(room: string, key: string): void {
    const thread = this.threads.get(room);
    const own = thread?.out.find(key);
    if (own?.failed) {
      thread?.remove(key);
      return this.send(room, own.text, key);
    }
    thread?.out.hurry(this.fx.now());
    this.base.line.nudge();
    this.base.step();
  }

  discard(room: string, key: string): void {
    const thread = this.threads.get(room);
    if (thread?.out.find(key)?.failed) thread.remove(key);
    this.base.step();
  }

  typing(room: string): void {
    const thread = this.threads.get(room);
    if (thread?.mine) this.base.typingIn(thread);
  }

  seen(room: string): void {
    const thread = this.threads.get(room);
    if (thread?.mine && thread.seen()) this.base.step();
  }

  async newest(room: string): Promise<void> {
    const waiting = this.queue.find(({ id }) => id === room);
    const thread = this.thread(room);
    thread.room ??= waiting;
    this.turned(room, await this.histories.newest(thread, waiting?.seq ?? 0));
  }

  async older(room: string): Promise<void> {
    this.turned(room, await this.histories.older(this.thread(room)));
  }

  dismissError(): void {
    this.error = undefined;
    this.base.step();
  }

  renew(): void {
    this.base.line.renew();
    this.base.step();
  }

  request(command: Command): Promise<Answer | undefined> {
    return new Promise((resolve) => this.base.ask(command, resolve));
  }

  joinFrame(id: string, device: string | undefined): ClientFrame {
    const all = [...this.threads.values()].filter(
      (thread) => thread.mine || thread.askAt < NEVER || (thread.out.head && !thread.ended),
    );
    // More are refused; what is due first comes first, and an own room is shown without being named.
    const named =
      all.length > MAX_HOLDINGS
        ? all.sort((a, b) => Number(a.askAt === NEVER) - Number(b.askAt === NEVER)).slice(0, MAX_HOLDINGS)
        : all;
    this.named = named.map((thread) => thread.id);
    const rooms = named.map((thread) => ({ room: thread.id, since: thread.since }));
    return { action: 'join', id, ...(device && { device }), rooms };
  }

  joinAt(): number {
    let at = NEVER;
    for (const thread of this.threads.values()) {
      // An answer on an earlier connection claimed the room for that one.
      at = Math.min(at, thread.mine && thread.claimed !== this.base.line.id ? 0 : thread.askAt);
    }
    return at;
  }

  onScreen = (): boolean => this.fx.visible();

  on(frame: Answer, action: string | undefined, latest: boolean): void {
    switch (frame.type) {
      case 'desk':
        return this.desk(frame, latest);
      case 'queue':
        return this.queued(frame);
      case 'ok':
        if (action === 'status') this.pollAt = this.fx.now(); // who was away was told nothing of it
        return;
      case 'room':
        if (!isRoom(frame.room)) return;
        this.merge({ ...frame, room: frame.room });
        if (action) this.thread(frame.room.id).claimed = this.base.line.id;
    }
  }

  unknown(room: string): void {
    this.thread(room).askAt = this.fx.now();
  }

  follows(thread: Thread): boolean {
    return thread.mine || thread.ended;
  }

  refused({ code, room }: ErrorFrame): void {
    if (room && code === 'forbidden') this.unknown(room);
  }

  also(now: number): number {
    if (now >= this.pollAt) {
      this.pollAt = now + POLL;
      this.base.line.send({ action: 'queue', id: this.base.nextId('queue') });
      this.base.line.expect(now);
    }
    return this.pollAt;
  }

  save(): Saved {
    const threads = [...this.threads.values()].filter(({ out }) => out.texts.length);
    return { threads: threads.map((thread) => thread.save(false)) };
  }

  load(saved: Saved | undefined, another: boolean): void {
    if (another) {
      this.histories.clear();
      this.cards.clear();
      this.queue = [];
    }
    for (const thread of (saved?.threads ?? []).filter(isSavedThread))
      this.threads.set(thread.id, openThread(thread.id, 'agent', thread));
  }

  view(state: AgentState | undefined): AgentState {
    const rooms: AgentState['rooms'] = {};
    for (const thread of this.threads.values()) {
      const room = this.room(thread);
      const before = state?.rooms[thread.id];
      if (room) rooms[thread.id] = before && shallowEqual(before, room) ? before : room;
    }
    return {
      line: this.base.line.state,
      lostSince: this.base.line.lostSince,
      ...(this.me && { me: this.me }),
      status: this.status,
      queue: this.queue,
      waiting: this.queue.length + this.beyond,
      rooms: state && shallowEqual(state.rooms, rooms) ? state.rooms : rooms,
      agents: this.colleagues,
      ...(this.error && { error: this.error }),
    };
  }

  private room(thread: Thread): AgentRoom | undefined {
    if (!thread.room) return;
    const past = this.histories.of(thread.id);
    const card = this.cards.get(thread.id);
    const items = thread.items(this.fx.now());
    const given = thread.mine ? transferredBy(items, thread.looked()) : undefined;
    return {
      room: thread.room,
      ...(card && { card }),
      ...(given !== undefined && { transferredBy: given }),
      items,
      past: past.items,
      pastMore: past.more,
      mine: thread.mine,
      peerTyping: thread.types,
      peerOnline: thread.online,
      readByPeer: thread.peerRead,
      unread: thread.unread() + (given === undefined ? 0 : 1),
    };
  }

  private thread(id: string): Thread {
    const thread = this.threads.get(id) ?? openThread(id, 'agent');
    this.threads.set(id, thread);
    return thread;
  }

  private turned(room: string, page: Answer | undefined): void {
    if (page?.type === 'error') this.failed(page, room);
    this.base.step();
  }

  private command(command: Command & { room?: string }): void {
    this.base.ask(command, (answer) => answer?.type === 'error' && this.failed(answer, command.room));
  }

  /** Takes back commands that the server's state has answered already. */
  private forget(which: (command: Command) => boolean): void {
    for (const [same, { command }] of this.base.asks) if (which(command)) this.base.asks.delete(same);
  }

  /** The page is told; what is true of the room, the next join says. */
  private failed({ code, message }: ErrorFrame, room?: string): void {
    this.error = { code, message, ...(room !== undefined && { room }) };
    if (room === undefined) return;
    if (code === 'taken' || code === 'ended' || code === 'not_found') this.unqueue(room);
    if (this.threads.get(room)?.mine) this.unknown(room);
  }

  private desk(desk: DeskFrame, latest: boolean): void {
    const now = this.fx.now();
    const unknown = !this.me;
    this.me = desk.agent;
    // A room that was told of before this answer could not be known to be this agent's.
    if (unknown)
      for (const thread of this.threads.values()) thread.mine = !!thread.room && this.holds(thread.room);
    if (![...this.base.asks.values()].some(({ command }) => command.action === 'status'))
      this.status = desk.status;
    this.pollAt = now + POLL;
    let moved = false;
    const parts = desk.rooms.filter(({ room }) => isRoom(room));
    for (const part of parts) {
      const from = this.thread(part.room.id).since;
      const thread = this.merge(part);
      thread.claimed = this.base.line.id;
      moved ||= thread.since > from;
      if (!thread.mine && thread.askAt > now) thread.askAt = NEVER;
    }
    // Parts that did not fit come without messages: at once again, as long as that gets anywhere.
    if (moved) for (const part of parts) if (part.more) this.thread(part.room.id).askAt = now;
    const told = new Set(parts.map(({ room }) => room.id));
    if (latest)
      for (const id of this.named) {
        if (told.has(id)) continue;
        const thread = this.thread(id);
        thread.mine = false;
        thread.askAt = NEVER;
      }
    this.listed(desk.queue, desk.waiting);
    this.colleagues = desk.agents ?? this.colleagues;
  }

  private queued(frame: QueueFrame): void {
    if (isRoom(frame.add)) this.merge({ room: frame.add });
    if (frame.remove !== undefined) this.unqueue(frame.remove);
    if (frame.rooms) this.listed(frame.rooms, frame.waiting);
    this.colleagues = frame.agents ?? this.colleagues;
    if (!frame.mine) return;
    const mine = new Set(frame.mine);
    for (const id of mine) if (!this.thread(id).mine) this.unknown(id);
    for (const thread of this.threads.values())
      if (thread.mine && !mine.has(thread.id)) this.unknown(thread.id);
  }

  private listed(rooms: RoomObject[], waiting = 0): void {
    this.beyond = Math.max(0, waiting - rooms.length);
    this.setQueue(rooms);
  }

  private merge(part: RoomUpdate): Thread {
    const { room } = part;
    const waits = room.status === 'waiting';
    const known = this.threads.get(room.id);
    if (part.card) this.cards.set(room.id, part.card);
    const thread = known ?? (waits ? openThread(room.id, 'agent') : this.thread(room.id)); // a queue is no desk
    if (!thread.merge(part, this.fx.now())) return thread;
    thread.mine = this.holds(room);
    this.unqueue(room.id);
    if (waits) this.setQueue([...this.queue, room]);
    this.forget(
      (command) =>
        (command.action === 'take' && command.room === room.id && thread.mine) ||
        ((command.action === 'release' || command.action === 'transfer') &&
          command.room === room.id &&
          !thread.mine),
    );
    return thread;
  }

  private holds = ({ status, agent }: RoomObject): boolean =>
    status === 'active' && agent !== undefined && agent.id === this.me?.id;

  private unqueue(room: string): void {
    if (this.queue.some(({ id }) => id === room)) this.queue = this.queue.filter(({ id }) => id !== room);
  }

  /** Oldest first. A room that this client knows newer things of is not brought back by an old list. */
  private setQueue(rooms: RoomObject[]): void {
    const waits = ({ id, rev }: RoomObject) => (this.threads.get(id)?.room?.rev ?? -1) <= rev;
    this.queue = rooms
      .filter(
        (room) =>
          isRoom(room) && room.status === 'waiting' && waits(room) && !this.threads.get(room.id)?.mine,
      )
      .sort((a, b) => a.created - b.created);
  }
}
