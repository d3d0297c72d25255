import { act, h } from './dom';
import type { File } from './embed';
import type { Context, Part, Shown } from './part';

/** A part in a file of its own, loaded when the part is first shown; `make` draws it from what the file exports. */
export function later<Module>(context: Context, file: File, make: (module: Module) => Part): Part {
  const { embed, session, t } = context;
  const node = h('div', 'later');
  let it: Part | undefined;
  let asked = false;
  let now: Shown = 'wait';
  const load = async () => {
    asked = true;
    node.textContent = '';
    try {
      it = make(await embed.load<Module>(file));
    } catch {
      node.append(act('quiet', t('again'), load));
      return;
    }
    // Who has been waiting for it, with the focus on its button or on the panel, goes on in it.
    const had = embed.root.activeElement;
    const waited = had && (node.contains(had) || had.contains(node));
    node.replaceChildren(it.node);
    it.update?.(session.state, now);
    if (waited) it.goal?.focus();
  };
  return {
    node,
    update(state, shown) {
      now = shown;
      if (it) it.update?.(state, shown);
      else if (!node.hidden && !asked) load();
    },
    get goal() {
      return it?.goal;
    },
  };
}
