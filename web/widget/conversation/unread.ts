import { files } from '../panel/chunks';
import { h } from '../panel/dom';
import type { Context, Part } from '../panel/view';
import type { News } from './preview';

/** Shows unread texts: on the button, in the page's title, by an event to the page, and by news.ts, a file of its own. */
export function attention(context: Context): Part {
  const { t, session, embed, counter, beside: node } = context;
  const { button, tell, load, style } = embed;
  const label = `${button.ariaLabel}`;
  // WebKit may not repaint text that a style takes from an attribute.
  const badge = h('span');
  button.append(badge);
  // Empty at first: a screen reader reads out changes of a live region, not its first content.
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
      load<typeof import('./preview')>(files.news).then(
        (module) => {
          style(module.css);
          news = module.news(context, node, words);
          update();
        },
        () => {
          // The count has shown it, and the next text tries to load the file again.
          asked = false;
        },
      );
    }
  };
  return { node, update };
}
