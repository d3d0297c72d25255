import { chunks } from '../panel/chunks';
import { h } from '../panel/dom';
import type { Context, View } from '../panel/view';
import type { Preview } from './preview';
import { createTitleCount } from './titleCount';

/** Shows the number of unread texts on the button, in the page's title and by an event, and loads preview.ts to announce them. */
export function createUnreadIndicator(context: Context): View {
  const { t, session, embed, besideButton: node } = context;
  const { button, emit, load, addStyle } = embed;
  const titleCount = createTitleCount();
  context.pageTitle = titleCount.title;
  const label = `${button.ariaLabel}`;
  // An element of its own: WebKit may not repaint text that a style takes from an attribute.
  const badge = h('span');
  button.append(badge);
  // Empty at first: screen readers read out changes of a live region, not its first content.
  const announcement = h('p', { role: 'status' });
  node.replaceChildren(announcement);
  let emitted = 0;
  let newestKey: string | undefined;
  let preview: Preview | undefined;
  /** Key of the text to play a sound for. */
  let toSound = '';
  let requested = false;

  const update = () => {
    const open = button.ariaExpanded === 'true';
    const { unread, items, room } = session.state;
    button.ariaLabel = unread ? `${label}. ${t('newest')}: ${unread}` : label;
    badge.textContent = unread && !open ? `${unread}` : '';
    titleCount.count(unread);
    if (unread !== emitted) emit('unread', unread);
    const newest = items.findLast(({ from }) => from === 'agent')?.key ?? '';
    // What was unread when the page loaded is not new.
    if (newestKey !== undefined && newest !== newestKey && unread > emitted) toSound = newest;
    if (room !== undefined) newestKey = newest;
    emitted = unread;
    if (preview) {
      preview.update(open);
      if (toSound) preview.playSound(toSound);
      toSound = '';
    } else if (unread && !requested) {
      requested = true;
      load<typeof import('./preview')>(chunks, 'preview').then(
        (module) => {
          addStyle(module.css);
          preview = module.createPreview(context, node, announcement);
          update();
        },
        () => {
          // The count shows the text; the next one tries to load the file again.
          requested = false;
        },
      );
    }
  };
  return { node, update };
}
