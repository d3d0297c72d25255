import { cut } from '../../client/wire/clean';
import { h, icon } from '../panel/dom';
import type { Context } from '../panel/view';
import css from './preview.css';
import { playOnce } from './sound';

export { css };

/** In localStorage: key of the text whose preview was dismissed. */
const DISMISSED_KEY = 'rejoin.away';
/** Code points. */
const MAX_PREVIEW = 200;

export type Preview = ReturnType<typeof createPreview>;

/** Announces a text that arrives while the chat is not in view: a sound, and a preview beside the minimised chat. */
export function createPreview(
  { t, session, embed, storage }: Context,
  node: HTMLElement,
  words: HTMLElement,
) {
  const { button, root } = embed;
  const newest = () => session.state.items.findLast(({ from }) => from === 'agent');
  const dismiss = () => {
    storage.set(DISMISSED_KEY, newest()?.key ?? '');
    update(false);
  };
  // A press anywhere on the preview opens the chat; a screen reader reads only the words.
  const openButton = h('button', {
    className: 'cover',
    ariaLabel: t('title'),
    onclick: () => button.click(),
  });
  const dismissButton = h(
    'button',
    { ariaLabel: t('dismiss'), onclick: dismiss },
    icon('M6 6l12 12M18 6L6 18'),
  );
  let shown: string | undefined;
  node.onkeydown = ({ key }) => {
    if (key === 'Escape') dismiss();
  };

  const update = (panelOpen: boolean) => {
    const { unread, room } = session.state;
    const item = panelOpen || !unread ? undefined : newest();
    const key = item && item.key !== storage.get(DISMISSED_KEY) ? item.key : undefined;
    if (key === shown) return;
    shown = key;
    node.className = key ? 'preview' : '';
    if (!item || !key) {
      if (node.contains(root.activeElement)) button.focus();
      node.replaceChildren(words);
      words.textContent = '';
      return;
    }
    const excerpt = cut(item.text, MAX_PREVIEW);
    words.replaceChildren(
      h('strong', { dir: 'auto' }, item.by || room?.agent?.name || t('agent')),
      h('span', { dir: 'auto' }, excerpt === item.text ? excerpt : `${excerpt}…`),
    );
    node.append(openButton, dismissButton);
  };
  return {
    update,
    playSound: (key: string) =>
      playOnce(storage, key, () => session.state.unread > 0 && newest()?.key === key),
  };
}
