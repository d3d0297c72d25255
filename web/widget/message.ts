import type { Item } from '../shared/state';
import { links } from '../ui/links';
import { act, h, type Line } from './dom';
import type { Context } from './part';

/** How far a stored text of the customer's has come; only the newest of each is marked. */
export type Mark = 'delivered' | 'read' | undefined;

export interface Written {
  key: string;
  item: Item;
  mine: boolean;
  name: string;
  /** Of those that stand together. */
  first: boolean;
  last: boolean;
  mark: Mark;
}

/** One text: the bubble, and below the last of a group its time and how far it has come. */
export function message({ t, time, session }: Context, { item, mine, name }: Written): Line<Written> {
  const bubble = h('p', { className: 'bubble', dir: 'auto' });
  for (const { text, href } of links(item.text))
    bubble.append(
      href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text) : text,
    );
  // What changes about a text is not read out again.
  const foot = h('span', { className: 'foot', ariaLive: 'off' });
  const node = h('li', {}, h('span', { className: 'name', dir: 'auto' }, `${name} `), bubble, foot);
  const retry = () => session.retry(item.key);
  let shown: string | undefined;
  return {
    node,
    update({ item: { key, state, at }, first, last, mark }) {
      const wanted = `${mine ? 'mine' : 'theirs'}${first ? ' first' : ''} ${state ?? ''}`;
      if (node.className !== wanted) node.className = wanted;
      const says = `${state}${mark}${last}`;
      if (says === shown) return;
      shown = says;
      foot.replaceChildren();
      if (state === 'sending') foot.append(t('sending'));
      else if (state === 'retry') foot.append(act('', t('retry'), retry));
      else if (state === 'failed')
        foot.append(
          `${t('failed')} `,
          act('', t('resend'), retry),
          ' ',
          act('', t('discard'), () => session.discard(key)),
        );
      else if (last || mark)
        foot.append(
          mark ? `${t(mark)} · ` : '',
          h('time', { dateTime: new Date(at).toISOString() }, time(at)),
        );
    },
  };
}
