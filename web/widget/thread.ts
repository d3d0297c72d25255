import type { CustomerState, Item } from '../shared/state';
import { rows } from '../ui/rows';
import { act, h, keyed, type Line, say } from './dom';
import { message, type Written } from './message';
import type { Context, Part } from './part';

/** Closer to an end than this, in pixels, a reader wants to see what comes. */
const NEAR = 80;

type Row = Written | { key: string; kind: 'day' | 'event'; text: string };

/** The conversation: past chats, a divider, and the open one as a live log. It keeps its place while one reads. */
export function thread(context: Context): Part {
  const { t, session } = context;
  const line = (row: Row): Line<Row> =>
    'item' in row
      ? (message(context, row) as Line<Row>)
      : { node: h('li', { className: row.kind }, row.text), update() {} };
  const past = keyed(line);
  const present = keyed(line);
  const loading = h('p', { className: 'event', role: 'status', hidden: true }, t('loading'));
  const divider = h('p', { className: 'divider' }, t('divider'));
  const dots = h('p', { className: 'dots', ariaLive: 'polite' });
  const name = h('span', { className: 'unseen' });
  dots.append(name, h('i'), h('i'), h('i'));
  const scroll = h(
    'section',
    { className: 'scroll', tabIndex: 0, ariaLabel: t('thread'), onscroll: () => scrolled() },
    loading,
    past.node,
    divider,
    h('div', { role: 'log', ariaLabel: t('thread') }, present.node),
    dots,
  );
  const newest = act('newest', `${t('newest')} ↓`, () => toEnd());
  newest.hidden = true;

  let atEnd = true;
  let lastKey: string | undefined;
  const toEnd = () => {
    scroll.scrollTop = scroll.scrollHeight;
    atEnd = true;
    newest.hidden = true;
  };
  const scrolled = () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
    if (atEnd) newest.hidden = true;
    more();
  };
  const more = async () => {
    if (!loading.hidden || !session.state.pastMore || !scroll.clientHeight || scroll.scrollTop > NEAR) return;
    loading.hidden = false;
    await session.older();
    loading.hidden = true;
  };
  // A phone's keyboard, a growing composer, a panel that opens.
  new ResizeObserver(() => {
    if (atEnd) toEnd();
    more();
  }).observe(scroll);

  const list = (items: Item[], state: CustomerState, after?: number): Row[] => {
    const mine = items.filter((it) => it.from === 'customer' && it.seq);
    const read = mine.findLast(({ seq = 0 }) => seq <= state.readByPeer);
    const sent = mine.at(-1);
    const agent = state.room?.agent?.name || t('agent');
    return rows(items, after).map((row) => {
      if (row.kind === 'day') return { kind: row.kind, key: row.key, text: context.day(row.at) };
      const { key, item } = row;
      const by = item.by || agent;
      if (row.kind === 'event')
        return { kind: row.kind, key, text: context.event(item.event ?? '', by) ?? item.text };
      const own = item.from === 'customer';
      const mark = items === state.items ? (item === read ? 'read' : item === sent ? 'delivered' : undefined) : undefined;
      return { key, item, mine: own, name: own ? t('you') : by, first: row.first, last: row.last, mark };
    });
  };

  return {
    node: h('div', { className: 'thread' }, scroll, newest),
    update(state) {
      const fromEnd = scroll.scrollHeight - scroll.scrollTop;
      past.update(list(state.past, state));
      present.update(list(state.items, state, state.past.at(-1)?.at));
      divider.hidden = !state.past.length;
      dots.classList.toggle('on', state.peerTyping);
      say(name, state.peerTyping ? t('typing', { name: state.room?.agent?.name || t('agent') }) : '');
      const last = state.items.at(-1);
      const came = last && last.key !== lastKey;
      lastKey = last?.key;
      if (atEnd || (came && last.from === 'customer')) toEnd();
      else if (came) newest.hidden = false;
      // Older texts have come above: what one reads stays where it is.
      else scroll.scrollTop = scroll.scrollHeight - fromEnd;
      more();
    },
  };
}
