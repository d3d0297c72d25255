import type { Item } from '../../client/room/state';
import { linkTarget, splitLinks } from '../../components/links';
import { act, h, type Line } from '../panel/dom';
import type { Context } from '../panel/view';

export interface Written {
  key: string;
  item: Item;
  name: string;
  /** How far a stored text of the customer's has come; only the newest of each is marked. */
  mark?: 'delivered' | 'read' | undefined;
}

/** One text: who wrote it, the bubble, and beside it when, and how far it has come. */
export function message({ t, format, session }: Context, { key, item, name }: Written): Line<Written> {
  const bubble = h('p', { className: 'bubble', dir: 'auto' });
  for (const [i, part] of splitLinks(item.text).entries())
    bubble.append(
      i % 2 ? h('a', { href: linkTarget(part), target: '_blank', rel: 'noreferrer' }, part) : part,
    );
  // What changes about a text is not read out again.
  const foot = h('span', { className: 'foot', ariaLive: 'off' });
  const node = h('li', '', h('span', { className: 'name', dir: 'auto' }, `${name} `), bubble, foot);
  return {
    node,
    update({ item: { state, at, from }, mark }) {
      const says = `${from} ${state ?? 'stored'} ${mark ?? ''}`;
      if (says === node.className) return;
      node.className = says;
      if (state) foot.textContent = t(state === 'sending' ? state : 'failed');
      else foot.textContent = `${mark ? t(mark) : ''} ${format(at, { timeStyle: 'short' })}`;
      if (state && state !== 'sending')
        foot.append(
          ' ',
          act('', t('again'), () => {
            const { name } = session.state.room?.customer ?? {};
            // What failed goes into a new chat, of the same name.
            if (state === 'failed' && name) session.start({ name });
            session.retry(key);
          }),
        );
      if (state === 'failed')
        foot.append(
          ' ',
          act('', t('discard'), () => session.discard(key)),
        );
    },
  };
}
