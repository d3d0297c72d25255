import type { Context } from './part';

/** The page's title without our count. */
export const title = () => document.title.replace(/^\(\d+\) /, '');

/** Tells of unread texts: on the button, in the page's title, by a sound, and to the page. */
export function attention({ t, embed: { button, tell }, session, sound }: Context) {
  const label = `${button.ariaLabel}`;
  let told = 0;
  let known: string | undefined;
  return (open: boolean) => {
    const { unread, items, room } = session.state;
    button.ariaLabel = unread ? `${label}. ${t('newest')}: ${unread}` : label;
    button.dataset.unread = unread && !open ? `${unread}` : '';
    const text = (unread ? `(${unread}) ` : '') + title();
    if (text !== document.title) document.title = text;
    if (unread !== told) tell('unread', unread);
    const newest = items.findLast(({ from }) => from === 'agent')?.key ?? '';
    // What was unread when the page came is no news.
    if (known !== undefined && newest !== known && unread > told)
      sound.chime(newest, () => session.state.unread > 0 && known === newest);
    if (room !== undefined) known = newest;
    told = unread;
  };
}
