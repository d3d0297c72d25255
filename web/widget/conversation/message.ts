import type { Item } from '../../client/room/state';
import { h, type ListItem, textButton } from '../panel/dom';
import type { Context } from '../panel/view';
import { linked } from './linked';

export interface MessageRow {
  key: string;
  item: Item;
  name: string;
  /** Delivery status of the customer's own texts; only the newest of each is marked. */
  mark?: 'delivered' | 'read' | undefined;
}

/** One text: its author, the bubble, and beside it the time and the delivery status. */
export function createMessage(
  { t, format, session }: Context,
  { key, item, name }: MessageRow,
): ListItem<MessageRow> {
  const bubble = h('p', { className: 'bubble', dir: 'auto' }, ...linked(item.text));
  // Changes of time and status are not read out.
  const footer = h('span', { className: 'status', ariaLive: 'off' });
  const node = h('li', '', h('span', { className: 'name', dir: 'auto' }, `${name} `), bubble, footer);
  return {
    node,
    update({ item: { state, at, from, room }, mark }) {
      const classes = `${from} ${state ?? 'stored'} ${mark ?? ''}`;
      if (classes === node.className) return;
      node.className = classes;
      if (state) footer.textContent = t(state === 'sending' ? state : 'failed');
      else footer.textContent = `${mark ? t(mark) : ''} ${format(at, { timeStyle: 'short' })}`;
      if (state && state !== 'sending')
        footer.append(
          ' ',
          textButton('', t('again'), () => {
            const { name } = session.state.room?.customer ?? {};
            // A text of an ended chat goes into a new one under the same name.
            if (state === 'failed' && room && name) session.start({ name });
            session.retry(key);
          }),
        );
      if (state === 'failed')
        footer.append(
          ' ',
          textButton('', t('discard'), () => session.discard(key)),
        );
    },
  };
}
