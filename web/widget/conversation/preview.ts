import { cut } from '../../client/wire/clean';
import { h, icon } from '../panel/dom';
import type { Context } from '../panel/view';
import css from './preview.css';
import { chime } from './sound';

export { css };

/** In localStorage: the text whose preview was put away. */
const AWAY = 'rejoin.away';
/** Length of the preview, in code points. */
const MOST = 200;

export type News = ReturnType<typeof news>;

/** Announces a text that arrives unseen: a sound, and a preview beside the minimised chat. */
export function news({ t, session, embed, kept }: Context, node: HTMLElement, words: HTMLElement) {
  const { button, root } = embed;
  const newest = () => session.state.items.findLast(({ from }) => from === 'agent');
  const dismiss = () => {
    kept.set(AWAY, newest()?.key ?? '');
    update(false);
  };
  // A press anywhere on it opens the chat; a screen reader reads only the words.
  const open = h('button', { className: 'all', ariaLabel: t('title'), onclick: () => button.click() });
  const away = h('button', { ariaLabel: t('dismiss'), onclick: dismiss }, icon('M6 6l12 12M18 6L6 18'));
  let shown: string | undefined;
  node.onkeydown = ({ key }) => {
    if (key === 'Escape') dismiss();
  };

  const update = (opened: boolean) => {
    const { unread, room } = session.state;
    const item = opened || !unread ? undefined : newest();
    const key = item && item.key !== kept.get(AWAY) ? item.key : undefined;
    if (key === shown) return;
    shown = key;
    node.className = key ? 'preview' : '';
    if (!item || !key) {
      if (node.contains(root.activeElement)) button.focus();
      node.replaceChildren(words);
      words.textContent = '';
      return;
    }
    const begins = cut(item.text, MOST);
    words.replaceChildren(
      h('strong', { dir: 'auto' }, item.by || room?.agent?.name || t('agent')),
      h('span', { dir: 'auto' }, begins === item.text ? begins : `${begins}…`),
    );
    node.append(open, away);
  };
  return {
    update,
    chime: (key: string) => chime(kept, key, () => session.state.unread > 0 && newest()?.key === key),
  };
}
