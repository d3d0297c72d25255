import type { CustomerState } from '../../client/customer/state';
import type { Item } from '../../client/room/state';
import { h, keyedList, type ListItem, setText, textButton } from '../panel/dom';
import type { Context, View } from '../panel/view';
import type { Word } from '../words/keys';
import { createMessage, type MessageRow } from './message';

/** A reader who is closer than this to an end of the thread, in px, is taken to be at it. */
const NEAR_PX = 80;
const DAY = { weekday: 'long', month: 'long', day: 'numeric' } as const;

type Row = MessageRow | { key: string; text: string };

/** Past chats, a divider, and the current chat as a live log. The scroller runs bottom-up, so browsers keep it at the end. */
export function createThread(context: Context): View {
  const { t, session, format } = context;
  const drawRow = (row: Row): ListItem<Row> =>
    'item' in row ? (createMessage(context, row) as ListItem<Row>) : { node: h('li', 'event', row.text) };
  const pastList = keyedList(drawRow);
  const currentList = keyedList(drawRow);
  const divider = h('p', 'divider', t('divider'));
  const typingLine = h('p', { className: 'typing', ariaLive: 'polite' });
  const content = h(
    'div',
    '',
    pastList.node,
    divider,
    h('div', { role: 'log' }, currentList.node),
    typingLine,
  );
  const scroller = h(
    'section',
    { className: 'scroller', tabIndex: 0, ariaLabel: t('title'), onscroll: () => onScroll() },
    content,
  );
  const newestButton = textButton('newest secondary', `${t('newest')} ↓`, () => scroller.scrollTo(0, 0));
  newestButton.hidden = true;

  const agentName = (name?: string) => (name ? t('by', { name }) : t('agent'));

  let loading = false;
  let lastKey: string | undefined;
  const onScroll = async () => {
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    newestButton.hidden ||= scrollTop > -NEAR_PX;
    const farFromStart = !clientHeight || scrollHeight + scrollTop - clientHeight > NEAR_PX;
    if (loading || farFromStart || !session.state.pastMore) return;
    loading = true;
    await session.older();
    loading = false;
  };

  /** Keeps the position of a reader who has scrolled up, and tells whether they have. WebKit has no scroll anchoring. */
  const keepPosition = (draw: () => void) => {
    const top = scroller.getBoundingClientRect().top;
    const bottomOf = (row?: Element) => row?.getBoundingClientRect().bottom ?? 0;
    const scrolledUp = scroller.scrollTop < -NEAR_PX;
    const row = scrolledUp ? [...content.querySelectorAll('li')].find((it) => bottomOf(it) > top) : undefined;
    const before = bottomOf(row);
    draw();
    if (row?.isConnected) scroller.scrollTop += bottomOf(row) - before;
    return scrolledUp;
  };

  const rows = (items: Item[], { items: current, readByPeer, room }: CustomerState, before = 0): Row[] => {
    const own = current.filter((it) => it.from === 'customer' && it.seq);
    const sent = own.at(-1);
    const read = own.findLast(({ seq = 0 }) => seq <= readByPeer);
    let day = format(before, DAY);
    return items.flatMap((item) => {
      const { key, at, from, event = '', text } = item;
      const name = item.by || room?.agent?.name;
      const row: Row =
        from === 'system'
          ? { key, text: t(event as Word, { name: agentName(name) }) || text }
          : {
              key,
              item,
              name: from === 'agent' ? name || t('agent') : t('you'),
              mark: item === read ? 'read' : item === sent ? 'delivered' : undefined,
            };
      const previousDay = day;
      day = format(at, DAY);
      return day === previousDay ? [row] : [{ key: `day ${key}`, text: day }, row];
    });
  };

  return {
    node: h('div', 'thread', scroller, newestButton),
    update(state) {
      const { items, past: earlier, peerTyping, room } = state;
      const scrolledUp = keepPosition(() => {
        pastList.update(rows(earlier, state));
        currentList.update(rows(items, state, earlier.at(-1)?.at));
        divider.hidden = !earlier.length;
        setText(typingLine, peerTyping ? t('typing', { name: agentName(room?.agent?.name) }) : '');
      });
      const newest = items.at(-1);
      const since = items.findIndex(({ key }) => key === lastKey) + 1;
      if (newest?.key !== lastKey && (!scrolledUp || newest?.from === 'customer')) scroller.scrollTo(0, 0);
      else if (lastKey && items.some(({ from }, i) => i >= since && from === 'agent'))
        newestButton.hidden = false;
      lastKey = newest?.key;
      onScroll();
    },
  };
}
