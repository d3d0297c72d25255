import { MAX_TEXT, MAX_TITLE } from '../wire/limits';
import type { Canned, ChatsQuery } from '../wire/protocol';
import type { Wire } from './network';
import { error, type Room, roomObject } from './room';
import { textError } from './validation';
import { endWaiting } from './waiting';

/** Ended rooms per `chats` page, before the filter. */
const PAGE = 20;
/** Saved replies per frame. */
const ITEMS = 4;

/** Saved replies and ended chats, in memory. */
export class Lookups {
  readonly canned: (Canned & { owner: string })[] = [];
  admins = new Set<string>();

  keep(who: string, frame: Wire): Wire {
    if (frame.action === 'cannedList') return this.list(who, frame);
    return frame.action === 'cannedPut' ? this.put(who, frame) : this.remove(who, frame);
  }

  private list(who: string, { cursor }: Wire): Wire {
    const items = this.canned
      .filter(({ owner }) => owner === who || owner === 'shared')
      .map(shown)
      .sort((a, b) => b.scope.localeCompare(a.scope) || a.position - b.position);
    const from = Number(cursor ?? 0);
    const more = from + ITEMS < items.length;
    return {
      type: 'canned',
      items: items.slice(from, from + ITEMS),
      ...(more && { cursor: `${from + ITEMS}` }),
    };
  }

  private put(who: string, { key, scope, title, text, version, position }: Wire): Wire {
    if (scope === 'shared' && !this.admins.has(who)) return error('forbidden');
    const wrong = textError(title, MAX_TITLE) ?? textError(text, MAX_TEXT);
    if (wrong) return wrong;
    const owner = scope === 'shared' ? scope : who;
    const stored = this.find(owner, key);
    const wanted = { title, text, position: position ?? stored?.position ?? this.next(owner) };
    if (stored && stored.version !== version) {
      const same = stored.title === title && stored.text === text && stored.position === wanted.position;
      if (same && stored.version === (version ?? 0) + 1) return { type: 'canned', items: [shown(stored)] };
      return error('conflict', { item: shown(stored) });
    }
    if (!stored && version) return error('not_found');
    const item = { key, scope, ...wanted, version: (version ?? 0) + 1, owner };
    if (stored) Object.assign(stored, item);
    else this.canned.push(item);
    return { type: 'canned', items: [shown(item)] };
  }

  private remove(who: string, { key, scope, version }: Wire): Wire {
    if (scope === 'shared' && !this.admins.has(who)) return error('forbidden');
    const stored = this.find(scope === 'shared' ? scope : who, key);
    if (stored && version && stored.version !== version) return error('conflict', { item: shown(stored) });
    if (stored) this.canned.splice(this.canned.indexOf(stored), 1);
    return { type: 'ok' };
  }

  /** Newest first. A page may have a cursor and no rooms, if none in its stretch matches. */
  chats(
    who: string,
    rooms: Room[],
    ask: ChatsQuery & { cursor?: string },
    end: (room: Room) => string,
  ): Wire {
    if (ask.agent && ask.agent !== who && !this.admins.has(who)) return error('forbidden');
    const at = (room: Room) => room.messages.get(room.seq)?.at ?? room.created;
    const all = rooms
      .filter((room) => room.status === 'ended' && at(room) >= ask.from && at(room) <= ask.to)
      .sort((a, b) => at(b) - at(a));
    const from = Number(ask.cursor ?? 0);
    const page = all.slice(from, from + PAGE);
    const shown = page.filter((room) => matches(room, ask));
    return {
      type: 'chats',
      rooms: shown.map((room) => ({
        ...roomObject(room, 'agent'),
        ended: at(room),
        before: end(room),
        ...figures(room, at(room)),
      })),
      ...(from + PAGE < all.length && { cursor: String(from + PAGE) }),
    };
  }

  endWaiting(who: string, rooms: Room[], frame: Wire, end: (room: Room) => void): Wire {
    if (!this.admins.has(who)) return error('forbidden');
    if (frame.act !== 'look' && !frame.from && !frame.pattern) return error('invalid');
    return endWaiting(rooms, frame, end);
  }

  private next(owner: string): number {
    const of = this.canned.filter((item) => item.owner === owner);
    return of.length ? Math.max(...of.map(({ position }) => position)) + 65_536 : 0;
  }

  private find(owner: string, key: string) {
    return this.canned.find((item) => item.owner === owner && item.key === key);
  }
}

const shown = ({ owner: _, ...item }: Canned & { owner: string }): Canned => item;

function matches(room: Room, { agent, reason, text, rating }: ChatsQuery): boolean {
  const said = [...room.messages.values()].some((it) => it.text.includes(text ?? ''));
  const rated = !rating || score(room) === rating;
  return (!agent || room.seats.agent.who === agent) && (!reason || room.reason === reason) && said && rated;
}

/** Every customer who got an answer gave 5. */
function score(room: Room): number | undefined {
  return [...room.messages.values()].some(({ from }) => from === 'agent') ? 5 : undefined;
}

function figures(room: Room, ended: number): Wire {
  const taken = [...room.messages.values()].find(({ event }) => event === 'taken')?.at;
  const { who } = room.seats.agent;
  const rated = score(room);
  return {
    waited: (taken ?? ended) - room.created,
    talked: taken === undefined ? 0 : ended - taken,
    ...(rated && { rating: { score: rated } }),
    agents: who ? [{ id: who, name: who }] : [],
  };
}
