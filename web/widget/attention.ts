import type { Context } from './part';

/** The page's title, and what became of it with our count: a page may have one of its own. */
let own: string;
let counted: string;

/** The page's title without our count. */
export const title = () => (document.title === counted ? own : document.title);

/** Tells of unread texts: on the button, in the page's title, by a sound, and to the page. */
export function attention({ t, embed: { button, tell }, session, sound }: Context) {
  const label = `${button.ariaLabel}`;
  let told = 0;
  let known: string | undefined;
  return (open: boolean) => {
    const { unread, items, room } = session.state;
    button.ariaLabel = unread ? `${label}. ${t('newest')}: ${unread}` : label;
    button.dataset.unread = unread && !open ? `${unread}` : '';
    own = title();
    const text = (unread ? `(${unread}) ` : '') + own;
    if (text !== document.title) document.title = text;
    counted = document.title;
    if (unread !== told) tell('unread', unread);
    const newest = items.findLast(({ from }) => from === 'agent')?.key ?? '';
    // What was unread when the page came is no news.
    if (known !== undefined && newest !== known && unread > told)
      sound.chime(newest, () => session.state.unread > 0 && known === newest);
    if (room !== undefined) known = newest;
    told = unread;
  };
}
