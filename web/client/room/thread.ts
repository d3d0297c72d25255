import { NEVER } from '../line/line';
import { clean } from '../wire/clean';
import type {
  AckFrame,
  ErrorFrame,
  Message,
  MessageFrame,
  PresenceFrame,
  Rating,
  ReadFrame,
  RoomObject,
  RoomUpdate,
  Side,
  TypingFrame,
} from '../wire/protocol';
import { type Any, isMessage, isRoom, isText } from '../wire/valid';
import { isOwnText, type OwnText, openOutbox, ownItem } from './outbox';
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

/** A room object without anybody's words or name. */
const wordless = ({ last: _, topic: __, customer, ...room }: RoomObject): RoomObject => ({
  ...room,
  customer: { ...customer, name: '' },
});

/** What outlives a reload. */
export interface SavedThread {
  id: string;
  own: OwnText[];
  no: number;
  room?: RoomObject | undefined;
  messages?: Message[];
  void?: number[];
  keys?: [number, string][];
}

export const isSavedThread = (it: Any): it is SavedThread =>
  isText(it?.id) && it.own.every(isOwnText) && (!it.room || isRoom(it.room));

export type Thread = ReturnType<typeof openThread>;

/** One room's messages as one client holds them, its own unsent texts, and what it must ask for. */
export function openThread(id: string, side: Side, saved?: SavedThread) {
  const peer: Side = side === 'agent' ? 'customer' : 'agent';
  const out = openOutbox(saved?.own ?? [], saved?.no ?? 0);
  const held = new Map<number, Message>();
  const voids = new Set(saved?.void);
  /** Keys under which own texts were shown before their ack. */
  const keys = new Map(saved?.keys);
  /** The newest number heard of. */
  let top = 0;
  /** Seq of the newest event; an older room object does not know of it. */
  let news = 0;
  let onlineRev = -1;
  let typingUntil = NEVER;
  let typedAt = 0;
  let seen = 0;
  let told = 0;
  let readAt = 0;
  let slowAt = 0;
  /** What is shown, until it changes. */
  let shown: Item[] | undefined;

  const it = {
    id,
    out,
    room: saved?.room,
    /** Everything up to here is held, or known to stay empty. */
    since: 0,
    /** When to ask by a join. */
    askAt: NEVER,
    /** The server refused a read mark for good: none is told twice. */
    barred: false,
    /** Agents: does this one hold the room? */
    mine: false,
    /** Number of the connection on which the server last answered for this room. */
    claimed: 0,
    /** Of the other side: is it there, how far has it read? */
    online: false,
    peerRead: 0,

    get types(): boolean {
      return typingUntil < NEVER;
    },

    get ended(): boolean {
      return it.room?.status === 'ended';
    },

    /** `bare`: without texts and names. */
    save(whole: boolean, bare = false): SavedThread {
      const messages = bare || held.size > KEPT ? [] : [...held.values()];
      const room = it.room && bare ? wordless(it.room) : it.room;
      const rest = { room, messages, void: [...voids], keys: [...keys] };
      return { id, own: out.texts, no: out.no, ...(whole && rest) };
    },

    /** Takes in a room object, alone or with a page. True: it is the newest one known. */
    merge({ room, messages, void: empty, through, more }: RoomUpdate, now: number): boolean {
      const { rev, read } = room;
      const from = it.since;
      put(messages);
      for (const seq of empty ?? []) {
        voids.add(seq);
        held.delete(seq);
      }
      top = Math.max(top, room.seq);
      out.no = Math.max(out.no, room.no ?? 0);
      it.peerRead = Math.max(it.peerRead, read?.[peer] ?? 0);
      const fresh = !it.room || rev >= it.room.rev;
      // An answer from before the rating does not take it back.
      if (fresh) it.room = it.room?.rating ? { rating: it.room.rating, ...room } : room;
      if (rev >= onlineRev) {
        onlineRev = rev;
        it.online = room[peer]?.online ?? false;
      }
      follow(now);
      if (through !== undefined || messages) {
        if (!it.barred) told = Math.min(told, read?.[side] ?? 0); // a read frame has no answer
        const nextPage = more && it.since > from && it.since >= (through ?? 0);
        if (it.askAt < NEVER) it.askAt = now + (nextPage ? 0 : UNDECIDED);
      }
      return fresh;
    },

    // Frames about the room, each by its type.

    message({ message }: MessageFrame, now: number): void {
      const { seq, from } = message;
      if (voids.has(seq)) return;
      put([message]);
      if (from === peer) typingUntil = NEVER;
      if (from === 'system') news = Math.max(news, seq);
      follow(now);
    },

    ack({ no, seq, at }: AckFrame, now: number): void {
      if (!no || !seq) return;
      const own = out.acked(no);
      shown = undefined;
      if (own) {
        keys.set(seq, own.key);
        if (!held.has(seq)) put([{ seq, from: side, text: own.text, at }]);
      } else top = Math.max(top, seq); // of a text told as failed: still news
      follow(now);
    },

    presence({ who, online, rev }: PresenceFrame): void {
      if (who !== peer || rev < onlineRev) return;
      onlineRev = rev;
      it.online = online;
    },

    read({ who, seq }: ReadFrame): void {
      if (who === peer) it.peerRead = Math.max(it.peerRead, seq);
    },

    typing(_: TypingFrame, now: number): void {
      typingUntil = now + TYPING_SHOWN;
    },

    /** The server refused a text. */
    refused(error: ErrorFrame, now: number): void {
      out.refused(error, now);
      if (error.code === 'ended' && !it.ended) it.askAt = Math.min(it.askAt, now);
      shown = undefined;
    },

    /** May the other side be told now that this one types? */
    mayType(now: number): boolean {
      if (now < typedAt + TYPING_EVERY || !it.room || it.ended) return false;
      typedAt = now;
      return true;
    },

    /** The user has seen everything that is held. False: had so before. */
    seen(): boolean {
      const before = seen;
      seen = Math.max(before, ...held.keys());
      return seen > before;
    },

    rated(rating: Rating): void {
      if (it.room) it.room = { ...it.room, rating };
    },

    add(own: OwnText): void {
      if (!out.find(own.key)) out.texts.push(own);
      shown = undefined;
    },

    remove(key: string): void {
      out.remove(key);
      shown = undefined;
    },

    /** Was a text with this key taken before? */
    knows: (key: string): boolean => !!out.find(key) || [...keys.values()].includes(key),

    /** This room's own messages out of a page of the history. */
    recall(messages: Message[]): void {
      put(messages);
      absorb();
    },

    /** The read mark to tell now, if any. */
    mark(now: number): number | undefined {
      if (markDue() > now) return;
      readAt = now + READ_EVERY;
      told = seen;
      return seen;
    },

    text: (now: number, line: number) => out.next(now, line, top),

    due: (line: number): number => Math.min(out.due(line), markDue()),

    /** When the picture changes by time alone. */
    fades: (): number => Math.min(typingUntil, slowAt),

    tick(now: number): void {
      if (now >= typingUntil) typingUntil = NEVER;
      if (now >= slowAt) shown = undefined;
      slowAt = out.slowAt(now);
    },

    /** Up to where the user has seen it, here or elsewhere. */
    looked: (): number => Math.max(seen, marked()),

    unread(): number {
      const upTo = it.looked();
      return [...held.values()].filter(({ seq, from }) => seq > upTo && from === peer).length;
    },

    /** Stored ones by seq, then own unsent in order. The same array until something changes. */
    items(now: number): Item[] {
      shown ??= [...it.stored(), ...it.unsent(now)];
      return shown;
    },

    stored(): Item[] {
      const under = twin();
      return [...held.values()]
        .sort((a, b) => a.seq - b.seq)
        .map((message) => ({
          ...message,
          key: (message.seq === under ? out.head?.key : keys.get(message.seq)) ?? `${id}#${message.seq}`,
          room: id,
        }));
    },

    unsent(now: number): Item[] {
      const under = twin() && out.head;
      return out.texts.filter((own) => own !== under).map((own) => ownItem(own, id, side, now));
    },
  };

  function put(messages: Message[] = []): void {
    shown = undefined;
    for (const message of messages) {
      if (voids.has(message?.seq) || !isMessage(message)) continue;
      held.set(message.seq, message);
      top = Math.max(top, message.seq);
    }
  }

  /**
   * The seq at which the text under way is held already, its ack being lost, so that it is not shown twice. Only the ack
   * settles it: another device may have written the same words.
   */
  function twin(): number | undefined {
    const { no, above = 0, text: words } = out.head ?? {};
    if (no)
      for (const { seq, from, text } of held.values())
        if (from === side && seq > above && !keys.has(seq) && clean(text) === words) return seq;
  }

  function follow(now: number): void {
    absorb();
    const complete = it.since >= top && (it.room?.seq ?? 0) >= news;
    it.askAt = complete ? NEVER : Math.min(it.askAt, now + GAP);
  }

  function absorb(): void {
    while (held.has(it.since + 1) || voids.has(it.since + 1)) it.since++;
  }

  /** How far the server knows that this side has read. */
  function marked(): number {
    return it.room?.read?.[side] ?? 0;
  }

  function markDue(): number {
    return seen > Math.max(told, marked()) && !it.ended ? readAt : NEVER;
  }

  put(saved?.messages);
  absorb();
  return it;
}
