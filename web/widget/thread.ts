import type { CustomerState, Item } from '../shared/state';
import { act, h, keyed, type Line, say } from './dom';
import { message, type Written } from './message';
import type { Context, Part } from './part';
import type { Word } from './words';

/** Closer to an end than this, in pixels, a reader wants to see what comes. */
const NEAR = 80;
const DAY = { weekday: 'long', month: 'long', day: 'numeric' } as const;

type Row = Written | { key: string; text: string };

/**
 * The conversation: past chats, a divider, and the open one as a live log. Its scroller runs from the bottom up, so that a
 * browser keeps it at the end, or at what one reads while older texts come above.
 */
export function thread(context: Context): Part {
  const { t, session, format } = context;
  const line = (row: Row): Line<Row> =>
    'item' in row ? (message(context, row) as Line<Row>) : { node: h('li', 'event', row.text) };
  const past = keyed(line);
  const present = keyed(line);
  const divider = h('p', 'divider', t('divider'));
  const typist = h('p', { className: 'typist', ariaLive: 'polite' });
  const inner = h('div', '', past.node, divider, h('div', { role: 'log' }, present.node), typist);
  const scroll = h(
    'section',
    { className: 'scroll', tabIndex: 0, ariaLabel: t('title'), onscroll: () => moved() },
    inner,
  );
  const newest = act('newest quiet', `${t('newest')} ↓`, () => scroll.scrollTo(0, 0));

  let loading = false;
  let last: string | undefined;
  const moved = async () => {
    const { scrollHeight, scrollTop, clientHeight } = scroll;
    newest.hidden = scrollTop > -NEAR;
    const far = !clientHeight || scrollHeight + scrollTop - clientHeight > NEAR;
    if (loading || far || !session.state.pastMore) return;
    loading = true;
    await session.older();
    loading = false;
  };

  const rows = (items: Item[], { items: now, readByPeer, room }: CustomerState, before = 0): Row[] => {
    const own = now.filter((it) => it.from === 'customer' && it.seq);
    const sent = own.at(-1);
    const read = own.findLast(({ seq = 0 }) => seq <= readByPeer);
    let day = format(before, DAY);
    return items.flatMap((item) => {
      const { key, at, from, event = '', text } = item;
      const name = item.by || room?.agent?.name || t('agent');
      const row: Row =
        from === 'system'
          ? { key, text: t(event as Word, { name }) || text }
          : {
              key,
              item,
              name: from === 'agent' ? name : t('you'),
              mark: item === read ? 'read' : item === sent ? 'delivered' : undefined,
            };
      const then = day;
      day = format(at, DAY);
      return day === then ? [row] : [{ key: `day ${key}`, text: day }, row];
    });
  };

  return {
    node: h('div', 'thread', scroll, newest),
    update(state) {
      const { items, past: earlier, peerTyping, room } = state;
      past.update(rows(earlier, state));
      present.update(rows(items, state, earlier.at(-1)?.at));
      divider.hidden = !earlier.length;
      say(typist, peerTyping ? t('typing', { name: room?.agent?.name || t('agent') }) : '');
      const newer = items.at(-1);
      if (newer?.key !== last && newer?.from === 'customer') scroll.scrollTo(0, 0);
      last = newer?.key;
      moved();
    },
  };
}
