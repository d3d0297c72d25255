import type { CustomerState } from '../../client/customer/state';
import type { Item } from '../../client/room/state';
import { act, h, keyed, type Line, say } from '../panel/dom';
import type { Context, Part } from '../panel/view';
import type { Word } from '../words/keys';
import { message, type Written } from './message';

/** Closer to an end than this, in pixels, a reader wants to see what comes. */
const NEAR = 80;
const DAY = { weekday: 'long', month: 'long', day: 'numeric' } as const;

type Row = Written | { key: string; text: string };

/**
 * The conversation: past chats, a divider, and the open one as a live log. Its scroller runs from the bottom up, so that a
 * browser keeps it at the end.
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
  newest.hidden = true;

  const by = (name?: string) => (name ? t('by', { name }) : t('agent'));

  let loading = false;
  let last: string | undefined;
  const moved = async () => {
    const { scrollHeight, scrollTop, clientHeight } = scroll;
    newest.hidden ||= scrollTop > -NEAR;
    const far = !clientHeight || scrollHeight + scrollTop - clientHeight > NEAR;
    if (loading || far || !session.state.pastMore) return;
    loading = true;
    await session.older();
    loading = false;
  };

  /** Keeps the place of a reader who has scrolled up. It is done here for every browser, since WebKit has no scroll anchoring. */
  const still = (draw: () => void) => {
    const top = scroll.getBoundingClientRect().top;
    const at = (row?: Element) => row?.getBoundingClientRect().bottom ?? 0;
    const reads = scroll.scrollTop < -NEAR;
    const row = reads ? [...inner.querySelectorAll('li')].find((it) => at(it) > top) : undefined;
    const before = at(row);
    draw();
    if (row?.isConnected) scroll.scrollTop += at(row) - before;
    return reads;
  };

  const rows = (items: Item[], { items: now, readByPeer, room }: CustomerState, before = 0): Row[] => {
    const own = now.filter((it) => it.from === 'customer' && it.seq);
    const sent = own.at(-1);
    const read = own.findLast(({ seq = 0 }) => seq <= readByPeer);
    let day = format(before, DAY);
    return items.flatMap((item) => {
      const { key, at, from, event = '', text } = item;
      const name = item.by || room?.agent?.name;
      const row: Row =
        from === 'system'
          ? { key, text: t(event as Word, { name: by(name) }) || text }
          : {
              key,
              item,
              name: from === 'agent' ? name || t('agent') : t('you'),
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
      const reads = still(() => {
        past.update(rows(earlier, state));
        present.update(rows(items, state, earlier.at(-1)?.at));
        divider.hidden = !earlier.length;
        say(typist, peerTyping ? t('typing', { name: by(room?.agent?.name) }) : '');
      });
      const newer = items.at(-1);
      const since = items.findIndex(({ key }) => key === last) + 1;
      if (newer?.key !== last && (!reads || newer?.from === 'customer')) scroll.scrollTo(0, 0);
      else if (last && items.some(({ from }, i) => i >= since && from === 'agent')) newest.hidden = false;
      last = newer?.key;
      moved();
    },
  };
}
