import type { Context } from './part';

const COUNT = /^\(\d+\+?\) /;

/** The page's title without our count. */
export const title = () => document.title.replace(COUNT, '');

/** Tells of unread texts: on the button, in the page's title, by a sound, and to the page. */
export function attention({ t, embed, session, sound }: Context) {
  const { button, tell, data } = embed;
  let told = 0;
  let known: string | undefined;
  const label = data.label || t('open');
  return (open: boolean) => {
    const { unread, items, room } = session.state;
    const count = unread > 99 ? '99+' : `${unread}`;
    button.ariaLabel = unread ? t('unread', { n: count }) : label;
    if (unread && !open) button.dataset.unread = count;
    else delete button.dataset.unread;
    const text = (unread ? `(${count}) ` : '') + title();
    if (text !== document.title) document.title = text;
    if (unread !== told) tell('unread', unread);
    const newest = items.findLast(({ from }) => from === 'agent')?.key;
    // What was unread when the page came is no news.
    if (known !== undefined && newest && newest !== known && unread > told) sound.chime(newest, () => session.state.unread > 0);
    if (room !== undefined) known = newest ?? '';
    told = unread;
  };
}
