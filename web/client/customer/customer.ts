import type { Effects } from '../line/effects';
import { NEVER } from '../line/line';
import { isOwnText, type OwnText, ownItem } from '../room/outbox';
import { Past } from '../room/past';
import type { Item } from '../room/state';
import { isSavedThread, openThread, type SavedThread, type Thread } from '../room/thread';
import {
  type Answer,
  isPermanentRefusal,
  type Options,
  openSession,
  type SessionRole,
} from '../session/session';
import { clean, cut } from '../wire/clean';
import { MAX_COMMENT, MAX_PAGE } from '../wire/limits';
import type { PageInfo, Profile, Rating } from '../wire/protocol';
import { isRoom } from '../wire/valid';
import { pageOf, profileOf } from './profile';
import type { CustomerSession, CustomerState } from './state';

/** Pages of the present chat that one older() skips at most. */
const SKIPS = 5;
const START_AGAIN = 2_000;

export interface CustomerOptions extends Options {
  effects: Effects;
  /** Where the customer is, told at each join. */
  page?: () => PageInfo;
}

interface Wish {
  profile?: Profile;
  page?: PageInfo;
}

interface Saved {
  room: string | null | undefined;
  threads: SavedThread[];
  homeless: OwnText[];
  rating?: Rated | undefined;
}

type Rated = Rating & { room: string };

export type Customer = ReturnType<typeof customerSession>;

/** A session of this tab's own. */
export function customerSession(options: CustomerOptions) {
  const { effects: fx } = options;
  /** The present room: the open one, else the last. undefined: not known yet. */
  let room: string | null | undefined;
  /** Texts for a room that is still to open. */
  let homeless: OwnText[] = [];
  let past = new Past();
  /** The user wants a chat. */
  let wish: Wish | undefined;
  let wishAt = NEVER;
  /** What the customer thought of a chat, until the server has it. */
  let rating: Rated | undefined;
  /** What the newest join named, and whether it asked to start. */
  let named: { room: string | undefined; start: boolean };

  const role: SessionRole<CustomerState> = {
    joinFrame(id, device) {
      const thread = present();
      // Only when the last room is known: else the repeat of an old wish might open a second room.
      const asked = room === undefined ? undefined : wish;
      const page = asked?.page ?? (line.joined && !asked ? undefined : options.page?.());
      named = { room: thread?.id, start: !!asked };
      wishAt = NEVER;
      return {
        action: 'join',
        id,
        ...(device && { device, profile: profileOf(asked?.profile), page: pageOf(page) }),
        ...(thread && { room: thread.id, since: thread.since }),
        ...(asked && { start: true }),
      };
    },

    joinAt: () => Math.min(present()?.askAt ?? NEVER, wishAt),

    onScreen: () => fx.visible() && isOpen(),

    on(frame: Answer, _action, latest) {
      if (frame.type !== 'room') return;
      const shown = frame.room;
      if (shown && !isRoom(shown)) return;
      if (shown) {
        const thread = threads.get(shown.id) ?? (latest ? adopt(shown.id) : undefined);
        if (!thread) return role.unknown(shown.id);
        thread.merge({ ...frame, room: shown }, fx.now());
        if (latest) move(thread);
      } else if (latest) room ??= null; // who ever had a room has one
      if (latest) wishes(shown?.id);
    },

    unknown() {
      if (!isOpen()) wishAt = fx.now();
    },

    follows: (thread) => thread.id === room,

    save: (visitor): Saved => ({
      room,
      threads: [...threads.values()]
        .filter(({ id, out }) => id === room || out.texts.length)
        .map((thread) => thread.save(thread.id === room, !visitor && thread.ended)),
      homeless,
      rating,
    }),

    load(kept, another) {
      const saved = kept as Saved | undefined;
      if (another) {
        homeless = [];
        past = new Past();
        wish = undefined;
      }
      rating = saved?.rating; // what is none the server refuses, once
      tellRating();
      const sound = (saved?.threads ?? []).filter(isSavedThread);
      room = sound.find(({ id }) => id === saved?.room)?.id;
      for (const one of sound) adopt(one.id, one);
      homeless.unshift(...(saved?.homeless ?? []).filter(isOwnText));
      if (homeless.length) want(wish ?? {});
    },

    view() {
      const now = fx.now();
      const thread = present();
      const unsent: Item[] = [];
      for (const other of threads.values()) {
        if (other === thread) continue;
        past.append(other.stored());
        unsent.push(...other.unsent(now));
      }
      unsent.push(...homeless.map((own) => ownItem(own, '', 'customer', now)));
      const items = thread?.items(now) ?? none;
      return {
        line: line.state,
        lostSince: line.lostSince,
        room: thread?.room ?? (room === null ? null : undefined),
        items: unsent.length ? [...items, ...unsent] : items,
        past: past.items,
        pastMore: past.more,
        peerTyping: thread?.types ?? false,
        peerOnline: thread?.online ?? false,
        readByPeer: thread?.peerRead ?? 0,
        unread: thread?.unread() ?? 0,
      };
    },
  };
  const none: Item[] = [];
  const session = openSession(fx, options, role);
  const { threads, line, step } = session;

  function present(): Thread | undefined {
    return room ? threads.get(room) : undefined;
  }

  function isOpen(): boolean {
    const thread = present();
    return !!thread?.room && !thread.ended;
  }

  function adopt(id: string, saved?: SavedThread): Thread {
    const thread = openThread(id, 'customer', saved);
    threads.set(id, thread);
    return thread;
  }

  /** Makes a room the present one. Texts of the last one that await their answer keep its thread. */
  function move(thread: Thread): void {
    const last = present();
    room = thread.id;
    if (last && last !== thread) {
      past.append(last.stored());
      if (!last.out.texts.length) threads.delete(last.id);
    }
    if (isOpen()) for (const own of homeless.splice(0)) thread.add(own);
  }

  /** What a join's answer means for the wish to chat. shown: the room that it showed. */
  function wishes(shown: string | undefined): void {
    if (isOpen()) wish = undefined;
    if (!wish) return;
    if (!named.start) want(wish);
    else if (named.room === shown) want(wish, START_AGAIN);
    // A room that was not known: an earlier start may have opened it, so only waiting texts justify another.
    else if (homeless.length) want(wish);
    else wish = undefined;
  }

  function want(wanted: Wish, wait = 0): void {
    wish = wanted;
    if (room !== undefined) wishAt = fx.now() + wait;
  }

  function tellRating(): void {
    const told = rating;
    if (told)
      session.ask({ action: 'rate', ...told }, (answer) => {
        // Without an answer the session was closed: the next one tells it again.
        if (answer && rating === told) rating = undefined;
        step();
      });
  }

  /** key: the text's own, when another tab made it; a known one is not taken twice. */
  function send(words: string, key = fx.key()): void {
    const own = { key, text: clean(words), at: fx.now() };
    const known =
      homeless.some((other) => other.key === key) ||
      [...threads.values()].some((thread) => thread.knows(key));
    if (!own.text || known) return;
    const thread = isOpen() && present();
    if (thread) thread.add(own);
    else {
      homeless.push(own);
      want(wish ?? {});
    }
    step();
  }

  return Object.assign(session, {
    send,

    start(profile?: Profile, page?: PageInfo): void {
      if (isOpen()) return;
      want({ ...wish, ...(profile && { profile }), ...(page && { page }) });
      step();
    },

    retry(key: string): void {
      for (const thread of threads.values()) {
        const own = thread.out.find(key);
        if (own?.failed) {
          thread.remove(key);
          return send(own.text, key);
        }
        if (own) thread.out.hurry(fx.now());
      }
      line.nudge();
      step();
    },

    discard(key: string): void {
      for (const thread of threads.values()) if (thread.out.find(key)?.failed) thread.remove(key);
      step();
    },

    typing: () => session.typingIn(present()),

    seen(): void {
      if (present()?.seen()) step();
    },

    async older(): Promise<void> {
      const had = past.items.length;
      for (let page = 0; page < SKIPS && past.more && past.items.length === had; page++) {
        const { before } = past;
        const answer = await new Promise<Answer | undefined>((done) =>
          session.ask({ action: 'history', ...(before && { before }), limit: MAX_PAGE }, done),
        );
        if (isPermanentRefusal(answer))
          past.before = null; // what is refused is not asked for again
        else if (answer?.type === 'history') past.turn(answer, present());
        else return;
        step();
      }
    },

    end(): void {
      if (isOpen()) session.ask({ action: 'end', room: room as string });
    },

    rate(given: Rating): void {
      const thread = present();
      if (!thread?.ended) return;
      const comment = cut(clean(given.comment ?? ''), MAX_COMMENT);
      rating = { room: thread.id, score: given.score, ...(comment && { comment }) };
      thread.rated(given);
      tellRating();
    },

    takeOver: session.open,
  }) satisfies CustomerSession;
}
