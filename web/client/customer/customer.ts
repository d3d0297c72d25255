import { backoff } from '../line/backoff';
import type { Effects } from '../line/effects';
import { NEVER } from '../line/line';
import { isOwnText, type OwnText, ownItem } from '../room/outbox';
import { PastChats } from '../room/past';
import type { Item } from '../room/state';
import { isSavedThread, openThread, type SavedThread, type Thread } from '../room/thread';
import type { Answer, Options, SessionRole } from '../session/role';
import { isPermanentRefusal, openSession } from '../session/session';
import { clean, cut } from '../wire/clean';
import { MAX_COMMENT, MAX_PAGE } from '../wire/limits';
import type { PageInfo, Profile, Rating, Serving } from '../wire/protocol';
import { isRoom } from '../wire/valid';
import { pageOf, profileOf } from './profile';
import type { CustomerSession, CustomerState } from './state';

/** How many pages of the current chat one older() skips at most. */
const MAX_SKIPPED_PAGES = 5;

export interface CustomerOptions extends Options {
  effects: Effects;
  /** The page that the customer is on, sent with each join. */
  page?: () => PageInfo;
}

interface StartRequest {
  profile?: Profile;
  page?: PageInfo;
}

/** What is stored, under these names. */
interface Saved {
  room: string | null | undefined;
  threads: SavedThread[];
  homeless: OwnText[];
  rating?: RoomRating | undefined;
  hours?: Serving | undefined;
}

type RoomRating = Rating & { room: string };

export type Customer = ReturnType<typeof customerSession>;

/** A customer's session in one tab. */
export function customerSession(options: CustomerOptions) {
  const { effects: fx } = options;
  /** Id of the current room: the open one, else the last. undefined: not known yet; null: there never was one. */
  let room: string | null | undefined;
  /** Texts that wait for a new room. */
  let textsForNewRoom: OwnText[] = [];
  let past = new PastChats();
  let hours: Serving | undefined;
  /** What the next start says. */
  let request: StartRequest = {};
  /** The customer wants a chat that is not open yet. */
  let startWanted = false;
  let startAt = NEVER;
  /** Starts in a row that opened no room. */
  let failedStarts = 0;
  /** The rating of a chat, until the server has it. */
  let rating: RoomRating | undefined;
  /** The room that the newest join named, and whether it asked to start a chat. */
  let lastJoin: { room: string | undefined; start: boolean };

  const role: SessionRole<CustomerState> = {
    joinFrame(id, device) {
      const thread = currentThread();
      // Only once the last room is known: otherwise repeating an old request could open a second room.
      const start = room !== undefined && startWanted ? request : undefined;
      const page = start?.page ?? (line.joined && !start ? undefined : options.page?.());
      lastJoin = { room: thread?.id, start: !!start };
      startAt = NEVER;
      return {
        action: 'join',
        id,
        ...(device && { device, profile: profileOf(start?.profile), page: pageOf(page) }),
        ...(thread && { room: thread.id, since: thread.since }),
        ...(start && { start: true }),
      };
    },

    joinAt: () => Math.min(currentThread()?.joinAt ?? NEVER, startAt),

    onScreen: () => fx.visible() && isOpen(),

    received(frame: Answer, _action, latest) {
      if (frame.type !== 'room') return;
      const shown = frame.room;
      if (shown && !isRoom(shown)) return;
      // Only a join tells the hours, but whoever has an agent is served.
      if (latest || shown?.status === 'active')
        hours = frame.hours?.state === 'open' ? undefined : frame.hours;
      if (shown) {
        const thread = threads.get(shown.id) ?? (latest ? addThread(shown.id) : undefined);
        if (!thread) return role.unknownRoom(shown.id);
        thread.merge({ ...frame, room: shown }, fx.now());
        if (latest) switchTo(thread);
      } else if (latest) room ??= null; // a customer who ever had a room still has one
      if (latest) settleStart(shown?.id);
    },

    joinRefused({ code }) {
      // Invalid: while nobody serves, the shop may demand an address.
      if (!lastJoin.start || !/full|rate|invalid/.test(code)) return false;
      startWanted = false;
      for (const own of textsForNewRoom) {
        own.failed = true;
        own.why = code;
      }
      return true;
    },

    unknownRoom() {
      if (!isOpen()) startAt = fx.now();
    },

    wantsMessages: (thread) => thread.id === room,

    save: (visitor): Saved => ({
      room,
      threads: [...threads.values()]
        .filter(({ id, out }) => id === room || out.texts.length)
        .map((thread) => thread.save(thread.id === room, !visitor && thread.ended)),
      homeless: textsForNewRoom,
      hours,
      rating,
    }),

    load(stored, another) {
      const saved = stored as Saved | undefined;
      if (another) {
        textsForNewRoom = [];
        past = new PastChats();
        request = {};
        startWanted = false;
      }
      rating = saved?.rating; // the server refuses an invalid one, once
      hours = saved?.hours; // until a join tells: no place in a queue that nobody serves
      sendRating();
      const valid = (saved?.threads ?? []).filter(isSavedThread);
      room = valid.find(({ id }) => id === saved?.room)?.id;
      for (const one of valid) addThread(one.id, one);
      textsForNewRoom.unshift(...(saved?.homeless ?? []).filter(isOwnText));
      if (textsForNewRoom.some(({ failed }) => !failed)) requestStart();
    },

    view() {
      const now = fx.now();
      const thread = currentThread();
      const unsent: Item[] = [];
      for (const other of threads.values()) {
        if (other === thread) continue;
        past.append(other.stored());
        unsent.push(...other.unsent(now));
      }
      unsent.push(...textsForNewRoom.map((own) => ownItem(own, '', 'customer', now)));
      const items = thread?.items(now) ?? none;
      return {
        line: line.state,
        lostSince: line.lostSince,
        room: thread?.room ?? (room === null ? null : undefined),
        hours,
        items: unsent.length ? [...items, ...unsent] : items,
        past: past.items,
        pastMore: past.more,
        peerTyping: thread?.isPeerTyping ?? false,
        peerOnline: thread?.online ?? false,
        readByPeer: thread?.peerRead ?? 0,
        unread: thread?.unread() ?? 0,
      };
    },
  };
  const none: Item[] = [];
  const session = openSession(fx, options, role);
  const { threads, line, step } = session;

  function currentThread(): Thread | undefined {
    return room ? threads.get(room) : undefined;
  }

  function isOpen(): boolean {
    const thread = currentThread();
    return !!thread?.room && !thread.ended;
  }

  function addThread(id: string, saved?: SavedThread): Thread {
    const thread = openThread(id, 'customer', saved);
    threads.set(id, thread);
    return thread;
  }

  /** Makes a room the current one. The last thread stays while texts of it wait for their ack. */
  function switchTo(thread: Thread): void {
    const last = currentThread();
    room = thread.id;
    if (last && last !== thread) {
      past.append(last.stored());
      if (!last.out.texts.length) threads.delete(last.id);
    }
    if (isOpen()) for (const own of textsForNewRoom.splice(0)) thread.add(own);
  }

  /** Keeps, repeats or drops the start request after a join's answer. shown: the room that it showed. */
  function settleStart(shown: string | undefined): void {
    if (isOpen()) {
      request = {};
      startWanted = false;
      failedStarts = 0;
    }
    if (!startWanted) return;
    if (!lastJoin.start) requestStart();
    else if (lastJoin.room === shown) requestStart(backoff(fx, ++failedStarts));
    // The room was unknown: an earlier start may have opened and ended it, so only waiting texts justify another.
    else if (textsForNewRoom.length) requestStart();
    else startWanted = false;
  }

  function requestStart(wait = 0): void {
    const now = fx.now();
    startWanted = true;
    for (const own of textsForNewRoom)
      if (own.failed) {
        own.failed = false;
        own.at = now;
      }
    if (room !== undefined) startAt = now + wait;
  }

  function sendRating(): void {
    const sent = rating;
    if (sent)
      session.sendCommand({ action: 'rate', ...sent }, (answer) => {
        // Without an answer the session was closed: the next one sends it again.
        if (answer && rating === sent) rating = undefined;
        step();
      });
  }

  /** key: given when another tab made the text; a text whose key is known is not sent twice. */
  function send(words: string, key = fx.key()): void {
    const own = { key, text: clean(words), at: fx.now() };
    const known =
      textsForNewRoom.some((other) => other.key === key) ||
      [...threads.values()].some((thread) => thread.knows(key));
    if (!own.text || known) return;
    const thread = isOpen() && currentThread();
    if (thread) thread.add(own);
    else {
      textsForNewRoom.push(own);
      requestStart();
    }
    step();
  }

  return Object.assign(session, {
    send,

    start(profile?: Profile, page?: PageInfo): void {
      if (isOpen()) return;
      request = { ...request, ...(profile && { profile }), ...(page && { page }) };
      requestStart();
      step();
    },

    retry(key: string): void {
      for (const thread of threads.values()) {
        const own = thread.out.find(key);
        if (own?.failed) {
          thread.remove(key);
          return send(own.text, key);
        }
        if (own) thread.out.repeat.retryIn(fx.now(), 0);
      }
      if (textsForNewRoom.length) requestStart();
      line.nudge();
      step();
    },

    discard(key: string): void {
      for (const thread of threads.values()) if (thread.out.find(key)?.failed) thread.remove(key);
      textsForNewRoom = textsForNewRoom.filter((own) => own.key !== key || !own.failed);
      step();
    },

    typing: () => session.typingIn(currentThread()),

    seen(): void {
      if (currentThread()?.seen()) step();
    },

    async older(): Promise<void> {
      const had = past.items.length;
      for (let page = 0; page < MAX_SKIPPED_PAGES && past.more && past.items.length === had; page++) {
        const { before } = past;
        const answer = await new Promise<Answer | undefined>((done) =>
          session.sendCommand({ action: 'history', ...(before && { before }), limit: MAX_PAGE }, done),
        );
        if (isPermanentRefusal(answer))
          past.before = null; // not to be asked for again
        else if (answer?.type === 'history') past.addPage(answer, currentThread());
        else return;
        step();
      }
    },

    end(): void {
      if (isOpen()) session.sendCommand({ action: 'end', room: room as string });
    },

    rate(given: Rating): void {
      const thread = currentThread();
      if (!thread?.ended) return;
      const comment = cut(clean(given.comment ?? ''), MAX_COMMENT);
      rating = { room: thread.id, score: given.score, ...(comment && { comment }) };
      thread.rated(given);
      sendRating();
    },

    takeOver: session.open,
  }) satisfies CustomerSession;
}
