import { NEVER } from './line';
import { clean, Outbox, type Own, ownItem } from './outbox';
import type { AckFrame, ErrorFrame, Message, Part, PresenceFrame, Rating, RoomObject, Side } from './protocol';
import type { Item } from './state';

/** A hole may close by itself in a moment: frames overtake each other. */
const GAP = 250;
/** A number that the server has not decided yet is asked for again after this. */
const UNDECIDED = 2_000;
const TYPING_SHOWN = 5_000;
const TYPING_EVERY = 3_000;
const READ_EVERY = 1_000;
/** A longer room is read anew after a reload instead of being stored. */
const KEPT = 300;

/** What outlives a reload. */
export interface SavedThread {
  id: string;
  own: Own[];
  no: number;
  room?: RoomObject | undefined;
  messages?: Message[];
  void?: number[];
  keys?: [number, string][];
}

/** One room's messages as one client holds them, its own unsent texts, and what it must ask for. */
export class Thread {
  room: RoomObject | undefined;
  readonly out: Outbox;
  /** Everything up to here is held, or known to stay empty. */
  since = 0;
  /** When to ask by a join. */
  askAt = NEVER;
  /** Agents: does this one hold the room? */
  mine = false;
  /** Number of the connection on which the server last answered for this room. */
  claimed = 0;
  /** Raised by every change that shows. */
  version = 0;
  typing = false;
  online = false;
  peerRead = 0;
  private held = new Map<number, Message>();
  private voids = new Set<number>();
  /** Keys under which own texts were shown before their ack. */
  private keys = new Map<number, string>();
  /** The newest number heard of. */
  private top = 0;
  /** Seq of the newest event; an older room object does not know of it. */
  private news = 0;
  private onlineRev = -1;
  private typingUntil = NEVER;
  private typedAt = 0;
  private mark = 0;
  private told = 0;
  private readAt = 0;
  private slowAt = 0;
  private shown: { version: number; items: Item[] } | undefined;

  constructor(
    readonly id: string,
    private side: Side,
    saved?: SavedThread,
  ) {
    this.out = new Outbox(saved?.own);
    if (!saved) return;
    for (const seq of saved.void ?? []) this.voids.add(seq);
    for (const message of saved.messages ?? []) this.put(message);
    this.keys = new Map(saved.keys);
    this.out.no = saved.no;
    this.room = saved.room;
    this.absorb();
  }

  get ended(): boolean {
    return this.room?.status === 'ended';
  }

  get peer(): Side {
    return this.side === 'agent' ? 'customer' : 'agent';
  }

  save(whole: boolean): SavedThread {
    const saved: SavedThread = { id: this.id, own: this.out.texts, no: this.out.no };
    if (!whole) return saved;
    const messages = this.held.size > KEPT ? [] : [...this.held.values()];
    return { ...saved, room: this.room, messages, void: [...this.voids], keys: [...this.keys] };
  }

  /** Takes in a room object, alone or with a page. True: it is the newest one known. */
  merge(part: Part, now: number): boolean {
    const { room } = part;
    const from = this.since;
    for (const message of part.messages ?? []) this.put(message);
    for (const seq of part.void ?? []) {
      this.voids.add(seq);
      this.held.delete(seq);
    }
    this.top = Math.max(this.top, room.seq);
    this.out.no = Math.max(this.out.no, room.no ?? 0);
    this.peerRead = Math.max(this.peerRead, room.read?.[this.peer] ?? 0);
    const fresh = !this.room || room.rev >= this.room.rev;
    if (fresh) this.room = room;
    if (room.rev >= this.onlineRev) {
      this.onlineRev = room.rev;
      this.online = room[this.peer]?.online ?? false;
    }
    this.absorb();
    if (part.through !== undefined || part.messages) {
      this.told = Math.max(0, Math.min(this.told, room.read?.[this.side] ?? 0)); // a read frame has no answer
      const nextPage = part.more && this.since > from && this.since >= (part.through ?? 0);
      this.askAt = this.complete ? NEVER : now + (nextPage ? 0 : UNDECIDED);
    } else this.follow(now);
    this.version++;
    return fresh;
  }

  message(message: Message, now: number): void {
    if (this.voids.has(message.seq)) return;
    this.put(message);
    if (message.from === this.peer) this.typing = false;
    if (message.from === 'system') this.news = Math.max(this.news, message.seq);
    this.follow(now);
  }

  acked(ack: AckFrame, now: number): void {
    const own = this.out.acked(ack.no);
    if (own) {
      this.keys.set(ack.seq, own.key);
      if (!this.held.has(ack.seq)) this.put({ seq: ack.seq, from: this.side, text: own.text, at: ack.at });
    } else this.top = Math.max(this.top, ack.seq); // of a text told as failed: still news
    this.follow(now);
  }

  /** The server refused a text. */
  refused(error: ErrorFrame, now: number): void {
    this.out.refused(error, now);
    if (error.code === 'ended' && !this.ended) this.askAt = Math.min(this.askAt, now);
    this.version++;
  }

  presence({ who, online, rev }: PresenceFrame): void {
    if (who !== this.peer || rev < this.onlineRev) return;
    this.onlineRev = rev;
    this.online = online;
    this.version++;
  }

  peerReads(seq: number): void {
    this.peerRead = Math.max(this.peerRead, seq);
    this.version++;
  }

  peerTypes(now: number): void {
    this.typing = true;
    this.typingUntil = now + TYPING_SHOWN;
    this.version++;
  }

  /** May the other side be told now that this one types? */
  mayType(now: number): boolean {
    if (now < this.typedAt + TYPING_EVERY || !this.room || this.ended) return false;
    this.typedAt = now;
    return true;
  }

  /** The user has seen everything that is held. False: had so before. */
  seen(): boolean {
    let newest = 0;
    for (const seq of this.held.keys()) newest = Math.max(newest, seq);
    if (newest <= this.mark) return false;
    this.mark = newest;
    this.version++;
    return true;
  }

  rated(rating: Rating): void {
    if (this.room) this.room = { ...this.room, rating };
    this.version++;
  }

  add(own: Own): void {
    this.out.add(own);
    this.version++;
  }

  remove(key: string): void {
    this.out.remove(key);
    this.version++;
  }

  /** Was a text with this key taken before? */
  knows(key: string): boolean {
    return this.out.texts.some((own) => own.key === key) || [...this.keys.values()].includes(key);
  }

  /** This room's own messages out of a page of the history. */
  recall(messages: Message[]): void {
    for (const message of messages) this.put(message);
    this.absorb();
    this.version++;
  }

  /** The read mark to tell now, if any. */
  read(now: number): number | undefined {
    if (this.readDue() > now) return;
    this.readAt = now + READ_EVERY;
    this.told = this.mark;
    return this.mark;
  }

  text(now: number, line: number): { no: number; text: string } | undefined {
    const text = this.out.next(now, line, this.top);
    if (text) this.version++; // its number must be kept from now on
    return text;
  }

  due(line: number): number {
    return Math.min(this.out.due(line), this.readDue());
  }

  /** When the picture changes by time alone. */
  fades(): number {
    return Math.min(this.typing ? this.typingUntil : NEVER, this.slowAt);
  }

  tick(now: number): void {
    if (now >= this.fades()) this.version++;
    if (now >= this.typingUntil) this.typing = false;
    this.slowAt = this.out.slowAt(now);
  }

  unread(): number {
    const mark = Math.max(this.mark, this.room?.read?.[this.side] ?? 0);
    let count = 0;
    for (const { seq, from } of this.held.values()) if (seq > mark && from === this.peer) count++;
    return count;
  }

  private put(message: Message): void {
    if (this.voids.has(message.seq)) return;
    this.held.set(message.seq, message);
    this.top = Math.max(this.top, message.seq);
  }

  /** Stored ones by seq, then own unsent in order. The same array until something changes. */
  items(now: number): Item[] {
    if (this.shown?.version !== this.version)
      this.shown = { version: this.version, items: [...this.stored(), ...this.unsent(now)] };
    return this.shown.items;
  }

  stored(): Item[] {
    const twin = this.twin();
    return [...this.held.values()]
      .sort((a, b) => a.seq - b.seq)
      .map((message) => ({
        ...message,
        key:
          (message.seq === twin ? this.out.head?.key : this.keys.get(message.seq)) ??
          `${this.id}#${message.seq}`,
        room: this.id,
      }));
  }

  unsent(now: number): Item[] {
    const twin = this.twin() && this.out.head;
    return this.out.texts.filter((own) => own !== twin).map((own) => ownItem(own, this.id, this.side, now));
  }

  /**
   * The seq at which the text under way is held already, its ack being lost, so that it is not shown twice. Only the ack
   * settles it: another device may have written the same words.
   */
  private twin(): number | undefined {
    const { head } = this.out;
    if (head?.no === undefined) return;
    for (const { seq, from, text } of this.held.values())
      if (from === this.side && seq > (head.above ?? 0) && !this.keys.has(seq) && clean(text) === head.text)
        return seq;
  }

  private get complete(): boolean {
    return this.since >= this.top && (this.room?.seq ?? 0) >= this.news;
  }

  private follow(now: number): void {
    this.absorb();
    this.askAt = this.complete ? NEVER : Math.min(this.askAt, now + GAP);
    this.version++;
  }

  private absorb(): void {
    while (this.held.has(this.since + 1) || this.voids.has(this.since + 1)) this.since++;
  }

  private readDue(): number {
    return this.mark > Math.max(this.told, this.room?.read?.[this.side] ?? 0) && !this.ended
      ? this.readAt
      : NEVER;
  }
}
