import type { Message, Side } from '../wire/protocol';
import { Hours } from './hours';
import { Lookups } from './lookups';
import type { Connection, Network, Wire } from './network';
import { history, pastOf } from './past';
import { error, isPending, newRoom, other, type Room, roomObject, type Sent } from './room';
import { answerFields, refusal } from './validation';

/** Messages per page. */
const PAGE = 5;

/** Rooms with messages per desk. */
const PARTS = 8;
/** A number without a message may still get one for so long, ms. */
const YOUNG = 5_000;
const PUT = 30;

/** The protocol's server in memory. As on the real one, a text first gets its number and is stored later. */
export class Server {
  rooms = new Map<string, Room>();
  readonly lookups = new Lookups();
  readonly hours = new Hours(() => this.network.clock.now);
  deskRooms = Number.POSITIVE_INFINITY; // per desk, but for named ones
  private last = new Map<string, string>();
  private desks = new Map<string, Connection>();
  private away = new Set<string>();

  constructor(private network: Network) {}

  room(id: string): Room {
    const room = this.rooms.get(id);
    if (!room) throw new Error(`no room ${id}`);
    return room;
  }

  gone(line: Connection): void {
    if (this.desks.get(line.who) === line) this.desks.delete(line.who);
    for (const room of this.rooms.values()) {
      const mine = room.seats[line.role];
      if (mine.line !== line) continue;
      mine.line = undefined;
      room.rev++;
      this.presence(room, line.role, false);
      if (line.role === 'customer') this.leave(room);
    }
  }

  handle(line: Connection, frame: Wire): void {
    if (this.network.chance(this.network.faults.gateway))
      return this.network.post(line, {
        message: 'Internal server error',
        connectionId: line.id,
        requestId: 'x',
      });
    if (this.network.chance(this.network.faults.death)) return;
    const answer = refusal(line.role, frame) ?? this.answer(line, frame);
    if (answer) this.network.post(line, { ...answerFields(frame, answer.type), ...answer });
  }

  private answer(line: Connection, frame: Wire): Wire {
    const agent = line.role === 'agent';
    const named = frame.action === 'history' && !agent ? this.last.get(line.who) : frame.room;
    const room = this.rooms.get(named);
    const rooms = [...this.rooms.values()];
    switch (frame.action) {
      case 'ping':
        return { type: 'pong' };
      case 'join':
        return agent ? this.desk(line, frame) : this.enter(line, frame);
      case 'queue':
        return {
          type: 'queue',
          ...this.lists('rooms'),
          mine: this.held(line.who).map(({ id }) => id),
          agents: this.online(),
        };
      case 'status':
        if (frame.status === 'away') this.away.add(line.who);
        else this.away.delete(line.who);
        return { type: 'ok' };
      case 'cannedList':
      case 'cannedPut':
      case 'cannedDelete':
        return this.lookups.keep(line.who, frame);
      case 'hours':
        return this.hours.read(frame.site);
      case 'hoursPut':
        return this.lookups.admins.has(line.who) ? this.hours.put(frame) : error('forbidden');
      case 'endWaiting':
        return this.lookups.endWaiting(line.who, rooms, frame, (it) => this.end(it, 'agent_ended'));
      case 'chats':
        return this.lookups.chats(
          line.who,
          rooms,
          frame,
          (one) => `${pastOf(rooms, one).findLastIndex((it) => it.room === one.id) + 1}`,
        );
    }
    if (!room) return error('not_found');
    const holds = room.seats[line.role].who === line.who;
    const admin = this.lookups.admins.has(line.who);
    if (!agent && !holds) return error('not_found');
    switch (frame.action) {
      case 'message':
        return this.text(line, room, frame);
      case 'typing':
        if (!holds) return error('forbidden');
        if (room.status === 'ended') return error('ended');
        return void this.tell(room, other(line.role), { type: 'typing', room: room.id, who: line.role });
      case 'read':
        if (!holds) return error('forbidden');
        room.read[line.role] = Math.max(room.read[line.role], Math.min(frame.seq, room.seq));
        return void this.tell(room, other(line.role), {
          type: 'read',
          room: room.id,
          who: line.role,
          seq: room.read[line.role],
        });
      case 'history':
        if (agent && !admin && room.status !== 'waiting' && !room.held.has(line.who))
          return error('not_found');
        return history(pastOf(rooms, room), frame);
      case 'take':
        return this.take(line, room);
      case 'end':
        if (!holds && !admin) return error('forbidden');
        if (room.status !== 'ended') this.end(room, `${line.role}_ended`);
        return { type: 'room', room: roomObject(room, line.role) };
      case 'rate':
        if (room.status !== 'ended') return error('forbidden');
        room.rating = { score: frame.score, ...(frame.comment && { comment: frame.comment }) };
        return { type: 'ok' };
      case 'release':
      case 'transfer':
        return this.move(line, room, frame);
    }
    return error('invalid');
  }

  private enter(line: Connection, frame: Wire): Wire {
    const lastId = this.last.get(line.who);
    let room = lastId ? this.rooms.get(lastId) : undefined;
    if (frame.start && (!room || (room.status === 'ended' && frame.room === room.id))) {
      const refused = this.hours.refusal(frame.profile?.email);
      if (refused) return refused;
      room = this.open(line);
    }
    const hours = room?.status === 'active' ? undefined : this.hours.told();
    if (!room) return { type: 'room', room: null, hours };
    if (!this.claim(line, room)) return error('not_current');
    if (room.left) this.change(room, false);
    return { type: 'room', ...this.part(room, 'customer', frame.room === room.id ? frame.since : 0), hours };
  }

  /** A kept room whose customer has gone becomes a left question. */
  private leave(room: Room): void {
    if (room.status === 'waiting' && isPending(room)) this.change(room, true);
  }

  private change(room: Room, left: boolean): void {
    room.left = left;
    room.rev++;
    this.push({ type: 'queue', ...(left ? { remove: room.id } : { add: roomObject(room, 'agent') }) });
  }

  private open(line: Connection): Room {
    const kept = this.hours.told().state !== 'open';
    const room = newRoom(`R${this.rooms.size + 1}`, line.who, this.network.clock.now, kept);
    this.rooms.set(room.id, room);
    this.last.set(line.who, room.id);
    this.event(room, 'opened');
    room.seats.customer.line = line;
    this.push({ type: 'queue', add: roomObject(room, 'agent') });
    return room;
  }

  private desk(line: Connection, frame: Wire): Wire {
    const now = this.desks.get(line.who);
    if (now && now.at > line.at) return error('not_current');
    this.desks.set(line.who, line);
    if (now && now !== line) this.replace(now);
    const since = new Map<string, number>(
      (frame.rooms ?? []).map((named: Wire) => [named.room, named.since]),
    );
    const rooms = new Set<Room>(); // those that are named first
    for (const id of since.keys()) {
      const room = this.rooms.get(id);
      if (room && room.status !== 'waiting') rooms.add(room);
    }
    for (const room of this.held(line.who)) rooms.add(room);
    for (const room of rooms) if (room.seats.agent.who === line.who) this.claim(line, room);
    let space = PARTS;
    const parts = [...rooms].slice(0, Math.max(since.size, this.deskRooms)).map((room) => {
      const part = this.part(room, 'agent', since.get(room.id) ?? 0);
      return !part.messages.length || space-- > 0 ? part : { room: part.room, more: true };
    });
    return {
      type: 'desk',
      agent: { id: line.who, name: line.who, ...(this.lookups.admins.has(line.who) && { admin: true }) },
      status: this.away.has(line.who) ? 'away' : 'online',
      rooms: parts,
      ...this.lists('queue'),
      agents: this.online(),
    };
  }

  private claim(line: Connection, room: Room): boolean {
    const mine = room.seats[line.role];
    if (mine.line && mine.line.at > line.at) return false;
    const before = mine.line;
    if (before === line) return true;
    mine.line = line;
    room.rev++;
    if (before && line.role === 'customer') this.replace(before);
    this.presence(room, line.role, true);
    return true;
  }

  private replace(line: Connection): void {
    this.network.post(line, { type: 'replaced' });
    this.network.clock.after(50, () => this.network.close(line));
  }

  private part(room: Room, side: Side, since: number): Wire {
    const messages: Message[] = [];
    const empty: number[] = [];
    let through = since;
    let more = false;
    for (let seq = since + 1; seq <= room.seq; seq++) {
      more = messages.length >= PAGE;
      if (more) break;
      const message = room.messages.get(seq);
      if (!message && !room.voids.has(seq)) {
        more = this.network.clock.now - (room.given.get(seq) ?? 0) < YOUNG;
        if (more) break;
        room.voids.add(seq);
      }
      if (message) messages.push(message);
      else empty.push(seq);
      through = seq;
    }
    return { room: roomObject(room, side), messages, void: empty, through, more };
  }

  private text(line: Connection, room: Room, { no, text }: Wire): Wire {
    const mine = room.seats[line.role];
    const names = { room: room.id, no };
    const repeat = mine.sent.get(no);
    const holds = mine.who === line.who && room.status !== 'ended';
    if (repeat && repeat.who === line.who && repeat.text === text) {
      const { seq } = repeat;
      if (!holds && !room.messages.has(seq)) room.voids.add(seq);
      if (!room.voids.has(seq)) return this.put(room, line, no, repeat);
      if (room.status === 'ended') return error('ended', names);
      if (!holds) return error('forbidden', names);
      return error('out_of_order', { ...names, expected: mine.no + 1 + mine.skip });
    }
    if (mine.who !== line.who) return error('forbidden', names);
    if (room.status === 'ended') return error('ended', names);
    if (mine.line && mine.line.at > line.at) return error('not_current', names);
    if (no !== mine.no + 1 + mine.skip)
      return error('out_of_order', { ...names, expected: mine.no + 1 + mine.skip });
    mine.line = line;
    mine.no = no;
    mine.skip = 0;
    room.rev++;
    const sent = { who: line.who, text, seq: this.number(room) };
    mine.sent.set(no, sent);
    if (this.network.chance(this.network.faults.death)) return;
    this.network.clock.after(this.network.faults.delay > 1 ? PUT * this.network.random() * 40 : 1, () => {
      if (room.voids.has(sent.seq)) {
        const expected = mine.no + 1 + mine.skip;
        const code = room.status === 'ended' ? 'ended' : 'out_of_order';
        return this.network.post(line, {
          ...error(code, names),
          ...(code === 'out_of_order' && { expected }),
        });
      }
      this.network.post(line, this.put(room, line, no, sent));
    });
  }

  private put(room: Room, line: Connection, no: number, { text, seq }: Sent): Wire {
    const message = room.messages.get(seq) ?? {
      seq,
      from: line.role,
      by: line.who,
      text,
      at: this.network.clock.now,
    };
    room.messages.set(seq, message);
    this.tell(room, other(line.role), { type: 'message', room: room.id, message });
    return { type: 'ack', room: room.id, no, seq, at: message.at };
  }

  private take(line: Connection, room: Room): Wire {
    const mine = room.seats.agent;
    if (room.status === 'ended') return error('ended');
    if (room.status === 'active' && mine.who !== line.who) return error('taken');
    if (room.status === 'waiting') {
      this.seatAgent(room, line.who, line);
      this.event(room, 'taken');
      this.push({ type: 'queue', remove: room.id });
    } else this.claim(line, room);
    return { type: 'room', ...this.part(room, 'agent', 0) };
  }

  private seatAgent(room: Room, who: string, line: Connection | undefined): void {
    const mine = room.seats.agent;
    Object.assign(mine, { who, line, skip: mine.skip + Number(room.held.size > 0) });
    room.status = 'active';
    room.left = false;
    room.held.add(who);
    room.rev++;
  }

  private move(line: Connection, room: Room, frame: Wire): Wire {
    const mine = room.seats.agent;
    const late = mine.who !== line.who && room.held.has(line.who);
    const done = late && (frame.action === 'release' || room.held.has(frame.agent));
    if (!done && mine.who !== frame.agent) {
      if (mine.who !== line.who) return error('forbidden');
      if (room.status === 'ended') return error('ended');
      const to = this.desks.get(frame.agent);
      if (frame.action === 'transfer' && !to) return error('unavailable');
      if (frame.action === 'release') {
        Object.assign(mine, { who: '', line: undefined });
        room.status = 'waiting';
        room.rev++;
        this.event(room, 'released');
        if (!room.seats.customer.line) this.leave(room);
        if (!room.left) this.push({ type: 'queue', add: roomObject(room, 'agent') });
      } else {
        this.seatAgent(room, frame.agent, to);
        this.event(room, 'transferred');
      }
    }
    return { type: 'room', room: roomObject(room, 'agent') };
  }

  end(room: Room, reason: string): void {
    for (let seq = 1; seq <= room.seq; seq++) if (!room.messages.has(seq)) room.voids.add(seq);
    if (room.status === 'waiting') this.push({ type: 'queue', remove: room.id });
    room.status = 'ended';
    room.reason = reason;
    room.rev++;
    this.event(room, 'ended');
  }

  private number(room: Room): number {
    room.given.set(++room.seq, this.network.clock.now);
    return room.seq;
  }

  private event(room: Room, event: Message['event']): void {
    const { who: by } = room.seats.agent;
    const message: Message = { seq: this.number(room), from: 'system', text: '', at: this.network.clock.now };
    Object.assign(message, { event }, by && { by });
    room.messages.set(message.seq, message);
    for (const side of ['customer', 'agent'] as const) {
      this.tell(room, side, { type: 'message', room: room.id, message });
      this.tell(room, side, { type: 'room', room: roomObject(room, side) });
    }
  }

  private presence(room: Room, who: Side, online: boolean): void {
    this.tell(room, other(who), {
      type: 'presence',
      room: room.id,
      who,
      online,
      at: this.network.clock.now,
      rev: room.rev,
    });
  }

  private tell(room: Room, side: Side, frame: Wire): void {
    const { line } = room.seats[side];
    if (line) this.network.post(line, frame);
  }

  private push(frame: Wire): void {
    for (const [who, line] of this.desks) if (!this.away.has(who)) this.network.post(line, frame);
  }

  /** What waits and what is left, under a name, and how many there are. */
  private lists(name: 'rooms' | 'queue'): Wire {
    const all = [...this.rooms.values()].filter(({ status }) => status === 'waiting');
    const left = all.filter((room) => room.left).length;
    return { [name]: all.map((room) => roomObject(room, 'agent')), waiting: all.length - left, left };
  }

  private held(who: string): Room[] {
    return [...this.rooms.values()].filter((it) => it.status === 'active' && it.seats.agent.who === who);
  }

  private online(): Wire[] {
    return [...this.desks.keys()].filter((who) => !this.away.has(who)).map((who) => ({ id: who, name: who }));
  }
}
