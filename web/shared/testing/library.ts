import type { Canned, ChatsQuery, From } from '../protocol';
import { error, type Room } from './room';
import type { Wire } from './world';

/** Ended rooms that a page of `chats` shows. */
const PAGE = 20;

/** What agents look up, in memory: default messages, and ended chats. */
export class Library {
  readonly canned: (Canned & { owner: string })[] = [];
  admins = new Set<string>();

  list(who: string): Wire {
    const items = this.canned.filter(({ owner }) => owner === who || owner === 'shared');
    return { type: 'canned', items: items.map(shown).sort((a, b) => a.position - b.position) };
  }

  put(who: string, { key, scope, title, text, version, position }: Wire): Wire {
    if (scope === 'shared' && !this.admins.has(who)) return error('forbidden');
    const owner = scope === 'shared' ? scope : who;
    const stored = this.find(owner, key);
    if (stored?.version !== version) return error('conflict', stored && { item: shown(stored) });
    const item = { key, scope, title, text, position, version: (version ?? 0) + 1, owner };
    if (stored) Object.assign(stored, item);
    else this.canned.push(item);
    return { type: 'canned', items: [shown(item)] };
  }

  remove(who: string, { key, scope }: Wire): Wire {
    if (scope === 'shared' && !this.admins.has(who)) return error('forbidden');
    const stored = this.find(scope === 'shared' ? scope : who, key);
    if (stored) this.canned.splice(this.canned.indexOf(stored), 1);
    return { type: 'ok' };
  }

  /** Newest first; a page may have a cursor and no rooms, as where nothing in a stretch of time matches. */
  chats(
    rooms: Iterable<Room>,
    ask: ChatsQuery & { cursor?: string },
    object: (room: Room) => Wire,
    at: (room: Room) => number,
  ): Wire {
    const all = [...rooms]
      .filter((room) => room.status === 'ended' && at(room) >= ask.from && at(room) < ask.to)
      .sort((a, b) => at(b) - at(a));
    const from = Number(ask.cursor ?? 0);
    const page = all.slice(from, from + PAGE);
    const shown = page.filter((room) => matches(room, ask));
    return {
      type: 'chats',
      rooms: shown.map((room) => ({ ...object(room), ended: at(room), ...figures(room, at(room)) })),
      ...(from + PAGE < all.length && { cursor: String(from + PAGE) }),
    };
  }

  private find(owner: string, key: string) {
    return this.canned.find((item) => item.owner === owner && item.key === key);
  }
}

const shown = ({ owner: _, ...item }: Canned & { owner: string }): Canned => item;

function matches(room: Room, { agent, reason, text }: ChatsQuery): boolean {
  const said = [...room.messages.values()].some((it) => it.text.includes(text ?? ''));
  return (!agent || room.seats.agent.who === agent) && (!reason || room.reason === reason) && said;
}

function figures(room: Room, ended: number): Wire {
  const messages = [...room.messages.values()];
  const taken = messages.find(({ event }) => event === 'taken')?.at;
  const { who } = room.seats.agent;
  const wrote = (from: From) => messages.some((it) => it.from === from);
  return {
    waited: (taken ?? ended) - room.created,
    ...(taken !== undefined && { talked: ended - taken }),
    ...(wrote('agent') && { rating: { score: 5 } }),
    agents: who ? [{ id: who, name: who }] : [],
  };
}
