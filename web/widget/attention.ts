import { h } from './dom';
import { files } from './files';
import type { News } from './news';
import type { Context, Part } from './part';

/** Tells of unread texts: on the button, in the page's title, to the page, and by what is in news.ts, a file of its own. */
export function attention(context: Context): Part {
  const { t, session, embed, counter, beside: node } = context;
  const { button, tell, load, style } = embed;
  const label = `${button.ariaLabel}`;
  // Words that a style takes from an attribute may stay what they were in WebKit.
  const badge = h('span');
  button.append(badge);
  // It stands empty before it speaks: a screen reader reads out what changes in it.
  const words = h('p', { role: 'status' });
  node.replaceChildren(words);
  let told = 0;
  let known: string | undefined;
  let news: News | undefined;
  /** The text that is to sound. */
  let rings = '';
  let asked = false;

  const update = () => {
    const open = button.ariaExpanded === 'true';
    const { unread, items, room } = session.state;
    button.ariaLabel = unread ? `${label}. ${t('newest')}: ${unread}` : label;
    badge.textContent = unread && !open ? `${unread}` : '';
    counter.count(unread);
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
      load<typeof import('./news')>(files.news).then(
        (module) => {
          style(module.css);
          news = module.news(context, node, words);
          update();
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
