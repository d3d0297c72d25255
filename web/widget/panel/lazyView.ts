import type { File } from '../embed';
import type { Words } from '../words/keys';
import { act, h } from './dom';
import type { Context, Part, Shown } from './view';

/** What the file of a part exports. `done` is called when the customer has finished with the part. */
export interface Later {
  css: string;
  /** Words that only this part uses. */
  words: Record<'en' | 'ko', Words>;
  part(context: Context, done: () => void): Part;
}

/**
 * A part in a file of its own, loaded when it is first shown. `ready` is called once it is drawn; `waited` says that the focus was on
 * its place.
 */
export function later(
  context: Context,
  file: File,
  done: () => void,
  ready: (waited: boolean) => void,
): Part {
  const { embed, session, t } = context;
  const node = h('div', 'later');
  let it: Part | undefined;
  let asked = false;
  let now: Shown = 'wait';
  const load = async () => {
    if (asked) return;
    asked = true;
    node.textContent = '';
    try {
      const { css, part, words } = await embed.load<Later>(file);
      context.learn(words[embed.korean ? 'ko' : 'en']);
      embed.style(css);
      it = part(context, done);
    } catch (cause) {
      asked = false;
      embed.complain(cause);
      node.append(act('quiet', t('again'), load));
      return;
    }
    const waited = node.contains(embed.root.activeElement);
    node.replaceChildren(it.node);
    it.update?.(session.state, now);
    ready(waited);
  };
  return {
    node,
    update(state, shown) {
      now = shown;
      if (it) it.update?.(state, shown);
      else if (!node.hidden && !node.firstChild) load();
    },
    get goal() {
      return it?.goal;
    },
    back: () => it?.back?.() ?? false,
  };
}
