import type { Words } from '../words/keys';
import { chunks } from './chunks';
import { h, textButton } from './dom';
import type { Context, Screen, View } from './view';

/** What a view's file exports. `done` is called when the customer has finished with the view. */
export interface ViewFile {
  css: string;
  /** Words that come with this view. */
  words: Record<'en' | 'ko', Words>;
  create(context: Context, done: () => void): View;
}

/**
 * A view in a file of its own, loaded when it is first shown. `onLoaded` is called once it is drawn; `hadFocus`: the focus was on the
 * placeholder.
 */
export function createLazyView(
  context: Context,
  name: 'conversation' | 'rating' | 'hours',
  done: () => void,
  onLoaded: (hadFocus: boolean) => void,
): View {
  const { embed, session, t } = context;
  const node = h('div', 'contents');
  let view: View | undefined;
  let requested = false;
  let screen: Screen = 'connecting';
  const load = async () => {
    if (requested) return;
    requested = true;
    node.textContent = '';
    try {
      const { css, create, words } = await embed.load<ViewFile>(chunks, name);
      context.addWords(words[embed.korean ? 'ko' : 'en']);
      embed.addStyle(css);
      view = create(context, done);
    } catch (cause) {
      requested = false;
      embed.logError(cause);
      node.append(textButton('secondary', t('again'), load));
      return;
    }
    const hadFocus = node.contains(embed.root.activeElement);
    node.replaceChildren(view.node);
    view.update?.(session.state, screen);
    onLoaded(hadFocus);
  };
  return {
    node,
    update(state, shown) {
      screen = shown;
      if (view) view.update?.(state, shown);
      else if (!node.hidden && !node.firstChild) load();
    },
    get focusTarget() {
      return view?.focusTarget;
    },
    closeConfirmation: () => !!view?.closeConfirmation?.(),
  };
}
