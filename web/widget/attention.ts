import { h } from './dom';
import type { File } from './embed';
import type { News } from './news';
import type { Context } from './part';

/** The page's title, and what became of it with our count: a page may have one of its own. */
let own: string;
let counted: string;

/** The page's title without our count. */
export const title = () => (document.title === counted ? own : document.title);

/** Tells of unread texts: on the button, in the page's title, to the page, and by what is in news.ts, a file of its own. */
export function attention(context: Context, file: File) {
  const { t, session, embed } = context;
  const { button, tell, load, style } = embed;
  const label = `${button.ariaLabel}`;
  // It stands empty before it speaks: a screen reader reads out what changes in it.
  const words = h('p', { role: 'status' });
  const node = h('div', '', words);
  let told = 0;
  let known: string | undefined;
  let news: News | undefined;
  /** The text that is to sound. */
  let rings = '';
  let asked = false;

  const update = (open: boolean) => {
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
    if (known !== undefined && newest !== known && unread > told) rings = newest;
    if (room !== undefined) known = newest;
    told = unread;
    if (news) {
      news.update(open);
      if (rings) news.chime(rings);
      rings = '';
    } else if (unread && !asked) {
      asked = true;
      load<typeof import('./news')>(file).then(
        (module) => {
          style(module.css);
          news = module.news(context, node, words);
          update(button.ariaExpanded === 'true');
        },
        () => {
          // The count has told it, and the next text asks again.
          asked = false;
        },
      );
    }
  };
  return { node, update };
}
