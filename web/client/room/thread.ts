import type { Effects } from '../line/effects';
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

/** How long a gap may stay before a join asks for it, ms: frames overtake each other. */
export const GAP_WAIT = 250;
/** Wait before the next join for a number that the server has not decided yet, ms. */
const UNDECIDED_WAIT = 2_000;
const TYPING_SHOWN = 5_000;
const TYPING_EVERY = 3_000;
const READ_EVERY = 1_000;
/** Messages of a longer room are not stored, but fetched again after a reload. */
const MAX_SAVED = 300;

/** A room object without texts and names. */
const withoutTexts = ({ last: _, topic: __, customer, ...room }: RoomObject): RoomObject => ({
  ...room,
  customer: { ...customer, name: '' },
});

/** What is stored of a thread; the names of its fields are the stored ones. */
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

/** One room as one client knows it: its messages, the client's own unsent texts, and when to ask for what is missing. */
export function openThread(id: string, side: Side, saved?: SavedThread) {
  const peer: Side = side === 'agent' ? 'customer' : 'agent';
  const out = openOutbox(saved?.own ?? [], saved?.no ?? 0);
  const messagesBySeq = new Map<number, Message>();
  const voids = new Set(saved?.void);
  /** Keys of own texts by their seq, so that an item keeps its key after the ack. */
  const keys = new Map(saved?.keys);
  /** The newest number known to be assigned. */
  let newestSeq = 0;
  /** Seq of the newest event; an older room object does not show what it changed. */
  let newestEvent = 0;
  let onlineRev = -1;
  let typingUntil = NEVER;
  let typingSentAt = 0;
  /** Newest seq that the user has seen here. */
  let seenSeq = 0;
  /** Newest read mark sent to the server. */
  let sentReadSeq = 0;
  let nextReadAt = 0;
  let slowAt = 0;
  /** The last result of items(), until something changes. */
  let cachedItems: Item[] | undefined;

  const it = {
    id,
    out,
    room: saved?.room,
    /** Every number up to here is either known or void. */
    since: 0,
    /** When a join for this room is due, ms since the epoch. */
    joinAt: NEVER,
    /** The server refused a read mark permanently: no mark is sent twice. */
    readRefused: false,
    /** Agents: does this agent hold the room? */
    mine: false,
    /** Number of the connection on which the server last confirmed this room. */
    confirmedOn: 0,
    /** Of the other side: is it online, and up to which seq has it read? */
    online: false,
    peerRead: 0,

    get isPeerTyping(): boolean {
      return typingUntil < NEVER;
    },

    get ended(): boolean {
      return it.room?.status === 'ended';
    },

    /** whole: with the room and its messages; bare: without texts and names. */
    save(whole: boolean, bare = false): SavedThread {
      const messages = bare || messagesBySeq.size > MAX_SAVED ? [] : [...messagesBySeq.values()];
      const room = it.room && bare ? withoutTexts(it.room) : it.room;
      const rest = { room, messages, void: [...voids], keys: [...keys] };
      return { id, own: out.texts, no: out.no, ...(whole && rest) };
    },

    /** Merges a room object with or without a page of messages. Returns whether it is the newest one known. */
    merge({ room, messages, void: empty, through, more }: RoomUpdate, now: number): boolean {
      const { rev, read } = room;
      const from = it.since;
      put(messages);
      for (const seq of empty ?? []) {
        voids.add(seq);
        messagesBySeq.delete(seq);
      }
      newestSeq = Math.max(newestSeq, room.seq);
      out.no = Math.max(out.no, room.no ?? 0);
      it.peerRead = Math.max(it.peerRead, read?.[peer] ?? 0);
      const fresh = !it.room || rev >= it.room.rev;
      // An answer from before the rating must not remove it.
      if (fresh) it.room = it.room?.rating ? { rating: it.room.rating, ...room } : room;
      if (rev >= onlineRev) {
        onlineRev = rev;
        it.online = room[peer]?.online ?? false;
      }
      updateJoinAt(now);
      if (through !== undefined || messages) {
        if (!it.readRefused) sentReadSeq = Math.min(sentReadSeq, read?.[side] ?? 0); // a read frame has no answer
        const nextPage = more && it.since > from && it.since >= (through ?? 0);
        if (it.joinAt < NEVER) it.joinAt = now + (nextPage ? 0 : UNDECIDED_WAIT);
      }
      return fresh;
    },

    // One method per frame type.

    message({ message }: MessageFrame, now: number): void {
      const { seq, from } = message;
      if (voids.has(seq)) return;
      put([message]);
      if (from === peer) typingUntil = NEVER;
      if (from === 'system') newestEvent = Math.max(newestEvent, seq);
      updateJoinAt(now);
    },

    ack({ no, seq, at }: AckFrame, now: number): void {
      if (!no || !seq) return;
      const own = out.acked(no);
      cachedItems = undefined;
      if (own) {
        keys.set(seq, own.key);
        if (!messagesBySeq.has(seq)) put([{ seq, from: side, text: own.text, at }]);
      } else newestSeq = Math.max(newestSeq, seq); // its text was shown as failed; the message is still missing
      updateJoinAt(now);
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

    /** An error in answer to a text. */
    refused(error: ErrorFrame, now: number): void {
      out.refused(error, now);
      if (error.code === 'ended' && !it.ended) it.joinAt = Math.min(it.joinAt, now);
      cachedItems = undefined;
    },

    /** Is a typing frame due? True at most once in TYPING_EVERY. */
    mayTellTyping(now: number): boolean {
      if (now < typingSentAt + TYPING_EVERY || !it.room || it.ended) return false;
      typingSentAt = now;
      return true;
    },

    /** Marks every message as seen. Returns whether any was new. */
    seen(): boolean {
      const before = seenSeq;
      seenSeq = Math.max(before, ...messagesBySeq.keys());
      return seenSeq > before;
    },

    rated(rating: Rating): void {
      if (it.room) it.room = { ...it.room, rating };
    },

    add(own: OwnText): void {
      if (!out.find(own.key)) out.texts.push(own);
      cachedItems = undefined;
    },

    remove(key: string): void {
      out.remove(key);
      cachedItems = undefined;
    },

    /** Was a text with this key added before? */
    knows: (key: string): boolean => !!out.find(key) || [...keys.values()].includes(key),

    /** Adds this room's messages of a history page. */
    addHistory(messages: Message[]): void {
      put(messages);
      advanceSince();
    },

    readMarkDue,

    /** The read mark that is due. */
    readMark(now: number): number {
      nextReadAt = now + READ_EVERY;
      sentReadSeq = seenSeq;
      return seenSeq;
    },

    /** The text that is due. */
    nextText: (fx: Effects) => out.next(fx, newestSeq),

    /** When the shown state next changes without a frame. */
    changesAt: (): number => Math.min(typingUntil, slowAt),

    tick(now: number): void {
      if (now >= typingUntil) typingUntil = NEVER;
      if (now >= slowAt) cachedItems = undefined;
      slowAt = out.slowAt(now);
    },

    /** The newest seq that the user has seen, here or on another device. */
    seenUpTo: (): number => Math.max(seenSeq, knownRead()),

    unread(): number {
      const upTo = it.seenUpTo();
      return [...messagesBySeq.values()].filter(({ seq, from }) => seq > upTo && from === peer).length;
    },

    /** Messages by seq, then own unsent texts in order. The same array until something changes. */
    items(now: number): Item[] {
      cachedItems ??= [...it.stored(), ...it.unsent(now)];
      return cachedItems;
    },

    stored(): Item[] {
      const headSeq = seqOfHead();
      return [...messagesBySeq.values()]
        .sort((a, b) => a.seq - b.seq)
        .map((message) => ({
          ...message,
          key: (message.seq === headSeq ? out.head?.key : keys.get(message.seq)) ?? `${id}#${message.seq}`,
          room: id,
        }));
    },

    unsent(now: number): Item[] {
      const stored = seqOfHead() && out.head;
      return out.texts.filter((own) => own !== stored).map((own) => ownItem(own, id, side, now));
    },
  };

  function put(messages: Message[] = []): void {
    cachedItems = undefined;
    for (const message of messages) {
      if (voids.has(message?.seq) || !isMessage(message)) continue;
      messagesBySeq.set(message.seq, message);
      newestSeq = Math.max(newestSeq, message.seq);
    }
  }

  /**
   * The seq of the message that seems to be the text under way, when its ack was lost: it must not be shown twice. Only the
   * ack settles it, because another device may have written the same words.
   */
  function seqOfHead(): number | undefined {
    const { no, above = 0, text: words } = out.head ?? {};
    if (no)
      for (const { seq, from, text } of messagesBySeq.values())
        if (from === side && seq > above && !keys.has(seq) && clean(text) === words) return seq;
  }

  function updateJoinAt(now: number): void {
    advanceSince();
    const complete = it.since >= newestSeq && (it.room?.seq ?? 0) >= newestEvent;
    it.joinAt = complete ? NEVER : Math.min(it.joinAt, now + GAP_WAIT);
  }

  function advanceSince(): void {
    while (messagesBySeq.has(it.since + 1) || voids.has(it.since + 1)) it.since++;
  }

  /** The newest seq that this side has read, as far as the server knows. */
  function knownRead(): number {
    return it.room?.read?.[side] ?? 0;
  }

  function readMarkDue(): number {
    return seenSeq > Math.max(sentReadSeq, knownRead()) && !it.ended ? nextReadAt : NEVER;
  }

  put(saved?.messages);
  advanceSince();
  return it;
}
