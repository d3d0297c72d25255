import { browserEffects, type Effects } from '../line/effects';
import { NEVER } from '../line/line';
import { GAP_WAIT, isSavedThread, openThread, type SavedThread, type Thread } from '../room/thread';
import type { Answer, IsDue, SessionRole, SharedRoomFrame } from '../session/role';
import { openSession, type Session, shallowEqual } from '../session/session';
import { clean } from '../wire/clean';
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
import { mostUrgent } from './mostUrgent';
import { AgentQueue } from './queue';
import type { AgentOptions, AgentRoom, AgentSession, AgentState } from './state';
import { transferredBy } from './transfer';

/** How often the queue is fetched, ms. */
const POLL_INTERVAL = 30_000;

/** What is stored: threads with texts that wait for their ack. */
type Saved = { threads: SavedThread[] };

export function agentSession(options: AgentOptions): Agent {
  return new Agent(options.effects ?? browserEffects(), options);
}

export class Agent implements AgentSession, SessionRole<AgentState> {
  private session: Session<AgentState>;
  private me: Person | undefined;
  private status: AgentStatus = 'online';
  private queue = new AgentQueue(
    ({ id, rev }) => (this.threads.get(id)?.room?.rev ?? -1) <= rev && !this.threads.get(id)?.mine,
  );
  private cards = new Map<string, Card>();
  private colleagues: Person[] = [];
  private error: AgentState['error'];
  private histories = new Histories((command) => this.request(command));
  /** Ids of the rooms that the newest join named. */
  private roomsOfJoin: string[] = [];
  private pollAt = NEVER;

  constructor(
    protected fx: Effects,
    options: AgentOptions,
  ) {
    this.session = openSession<AgentState>(fx, options, this);
  }

  get state(): AgentState {
    return this.session.state;
  }

  get threads(): Map<string, Thread> {
    return this.session.threads;
  }

  subscribe(fn: (state: AgentState) => void): () => void {
    return this.session.subscribe(fn);
  }

  open = (): void => this.session.open();

  takeOver = (): void => this.open();

  close = (): void => this.session.close();

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
    this.cancelCommands(({ action }) => action === 'status'); // only the last one counts
    this.command({ action: 'status', status });
  }

  send(room: string, text: string, key = this.fx.key()): void {
    const own = { key, text: clean(text), at: this.fx.now() };
    if (own.text) this.thread(room).add(own);
    this.session.step();
  }

  retry(room: string, key: string): void {
    const thread = this.threads.get(room);
    const own = thread?.out.find(key);
    if (own?.failed) {
      thread?.remove(key);
      return this.send(room, own.text, key);
    }
    thread?.out.repeat.retryIn(this.fx.now(), 0);
    this.session.line.nudge();
    this.session.step();
  }

  discard(room: string, key: string): void {
    const thread = this.threads.get(room);
    if (thread?.out.find(key)?.failed) thread.remove(key);
    this.session.step();
  }

  typing(room: string): void {
    const thread = this.threads.get(room);
    if (thread?.mine) this.session.typingIn(thread);
  }

  seen(room: string): void {
    const thread = this.threads.get(room);
    if (thread?.mine && thread.seen()) this.session.step();
  }

  async newest(room: string): Promise<void> {
    const waiting = this.queue.find(room);
    const thread = this.thread(room);
    thread.room ??= waiting;
    this.handlePage(room, await this.histories.newest(thread, waiting?.seq ?? 0));
  }

  async older(room: string): Promise<void> {
    this.handlePage(room, await this.histories.older(this.thread(room)));
  }

  dismissError(): void {
    this.error = undefined;
    this.session.step();
  }

  renew(): void {
    this.session.line.renew();
    this.session.step();
  }

  request(command: Command): Promise<Answer | undefined> {
    return new Promise((resolve) => this.session.sendCommand(command, resolve));
  }

  joinFrame(id: string, device: string | undefined): ClientFrame {
    const all = [...this.threads.values()].filter(
      ({ mine, joinAt, out, ended }) => mine || joinAt < NEVER || (out.head && !ended),
    );
    const named = mostUrgent(all, (thread) => this.roomJoinAt(thread) < NEVER);
    this.roomsOfJoin = named.map((thread) => thread.id);
    const rooms = named.map((thread) => ({ room: thread.id, since: thread.since }));
    return { action: 'join', id, ...(device && { device }), rooms };
  }

  joinAt(): number {
    return Math.min(NEVER, ...[...this.threads.values()].map(this.roomJoinAt));
  }

  /** When a join for a room is due: at once while the server has confirmed it for an earlier connection only. */
  private roomJoinAt = ({ mine, confirmedOn, joinAt }: Thread): number =>
    mine && confirmedOn !== this.session.line.id ? 0 : joinAt;

  onScreen = (): boolean => this.fx.visible();

  received(frame: Answer, action: string | undefined, latest: boolean): void {
    switch (frame.type) {
      case 'desk':
        return this.handleDesk(frame, latest);
      case 'queue':
        return this.handleQueue(frame);
      case 'ok':
        if (action === 'status') this.pollAt = this.fx.now(); // it is not kept up to date while away
        return;
      case 'room':
        if (!isRoom(frame.room)) return;
        this.merge({ ...frame, room: frame.room });
        if (action) this.thread(frame.room.id).confirmedOn = this.session.line.id;
    }
  }

  /** A frame about a room that is being taken has only overtaken the answer, which brings the room. */
  unknownRoom(room: string, frame?: SharedRoomFrame): void {
    const known = this.threads.has(room);
    const isTaken = [...this.session.pending.values()].some(
      ({ command }) => command.action === 'take' && command.room === room,
    );
    const thread = this.thread(room);
    const now = this.fx.now();
    thread.joinAt = Math.min(thread.joinAt, now + (isTaken ? GAP_WAIT : 0));
    if (!known && frame?.type === 'message') thread.message(frame, now);
  }

  wantsMessages(thread: Thread): boolean {
    return thread.mine || thread.ended;
  }

  refused({ code, room }: ErrorFrame): void {
    if (room && code === 'forbidden') this.unknownRoom(room);
  }

  poll(isDue: IsDue): void {
    while (isDue(this.pollAt)) {
      const now = this.fx.now();
      this.pollAt = now + POLL_INTERVAL;
      this.session.line.askServer({ action: 'queue', id: this.session.nextId('queue') });
      this.session.line.expectAnswer(now);
    }
  }

  save(): Saved {
    const threads = [...this.threads.values()].filter(({ out }) => out.texts.length);
    return { threads: threads.map((thread) => thread.save(false)) };
  }

  load(saved: Saved | undefined, another: boolean): void {
    if (another) {
      this.histories.clear();
      this.cards.clear();
      this.queue.clear();
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
      line: this.session.line.state,
      lostSince: this.session.line.lostSince,
      ...(this.me && { me: this.me }),
      status: this.status,
      queue: this.queue.rooms,
      waiting: this.queue.waiting,
      left: this.queue.left,
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
    const from = thread.mine ? transferredBy(items, thread.seenUpTo()) : undefined;
    return {
      room: thread.room,
      ...(card && { card }),
      ...(from !== undefined && { transferredBy: from }),
      items,
      past: past.items,
      pastMore: past.more,
      mine: thread.mine,
      peerTyping: thread.isPeerTyping,
      peerOnline: thread.online,
      readByPeer: thread.peerRead,
      unread: thread.unread() + (from === undefined ? 0 : 1),
    };
  }

  private thread(id: string): Thread {
    const thread = this.threads.get(id) ?? openThread(id, 'agent');
    this.threads.set(id, thread);
    return thread;
  }

  private handlePage(room: string, page: Answer | undefined): void {
    if (page?.type === 'error') this.showError(page, room);
    this.session.step();
  }

  private command(command: Command & { room?: string }): void {
    const done = (answer?: Answer) => answer?.type === 'error' && this.showError(answer, command.room);
    this.session.sendCommand(command, done);
  }

  /** Cancels commands that a newer state of the room or a newer command has settled. */
  private cancelCommands(which: (command: Command) => boolean): void {
    for (const [key, { command }] of this.session.pending)
      if (which(command)) this.session.pending.delete(key);
  }

  /** Shows an error; the next join brings the room's true state. */
  private showError({ code, message }: ErrorFrame, room?: string): void {
    this.error = { code, message, ...(room !== undefined && { room }) };
    if (room === undefined) return;
    if (code === 'taken' || code === 'ended' || code === 'not_found') this.queue.remove(room);
    if (this.threads.get(room)?.mine) this.unknownRoom(room);
  }

  private handleDesk(desk: DeskFrame, latest: boolean): void {
    const now = this.fx.now();
    const unknown = !this.me;
    this.me = desk.agent;
    // Before this answer it was unknown who this agent is, and so which rooms are theirs.
    if (unknown)
      for (const thread of this.threads.values()) thread.mine = !!thread.room && this.holds(thread.room);
    if (![...this.session.pending.values()].some(({ command }) => command.action === 'status'))
      this.status = desk.status;
    this.pollAt = now + POLL_INTERVAL;
    let advanced = false;
    const rooms = desk.rooms.filter(({ room }) => isRoom(room));
    for (const update of rooms) {
      const from = this.thread(update.room.id).since;
      const thread = this.merge(update);
      thread.confirmedOn = this.session.line.id;
      advanced ||= thread.since > from;
      if (!thread.mine && thread.joinAt > now) thread.joinAt = NEVER;
    }
    // Rooms that did not fit come without messages: ask again at once, as long as some thread advances.
    if (advanced) for (const update of rooms) if (update.more) this.thread(update.room.id).joinAt = now;
    const shown = new Set(rooms.map(({ room }) => room.id));
    if (latest)
      for (const id of this.roomsOfJoin) {
        if (shown.has(id)) continue;
        const thread = this.thread(id);
        thread.mine = false;
        thread.joinAt = NEVER;
      }
    this.queue.replace(desk.queue, desk);
    this.colleagues = desk.agents ?? this.colleagues;
  }

  private handleQueue(frame: QueueFrame): void {
    if (isRoom(frame.add)) this.merge({ room: frame.add });
    for (const id of frame.removed ?? [frame.remove]) if (id !== undefined) this.queue.remove(id);
    if (frame.rooms) this.queue.replace(frame.rooms, frame);
    this.colleagues = frame.agents ?? this.colleagues;
    if (!frame.mine) return;
    const mine = new Set(frame.mine);
    for (const id of mine) if (!this.thread(id).mine) this.unknownRoom(id);
    for (const thread of this.threads.values())
      if (thread.mine && !mine.has(thread.id)) this.unknownRoom(thread.id);
  }

  private merge(update: RoomUpdate): Thread {
    const { room } = update;
    const isWaiting = room.status === 'waiting';
    const known = this.threads.get(room.id);
    if (update.card) this.cards.set(room.id, update.card);
    const thread = known ?? (isWaiting ? openThread(room.id, 'agent') : this.thread(room.id)); // no thread for each room of the queue
    if (!thread.merge(update, this.fx.now())) return thread;
    thread.mine = this.holds(room);
    this.queue.remove(room.id);
    if (isWaiting) this.queue.add(room);
    this.cancelCommands(
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
}
