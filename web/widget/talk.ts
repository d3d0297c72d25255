import { composer } from './composer';
import { h } from './dom';
import type { Context, Part } from './part';
import { place } from './place';
import css from './talk.css';
import { thread } from './thread';

export { css };

/** The chat: what was said, the place in the queue, and where one writes while it goes on. */
export function part(context: Context): Part {
  const composed = composer(context);
  const parts = [thread(context), place(context), composed];
  return {
    node: h('div', 'later', ...parts.map(({ node }) => node)),
    goal: composed.goal as HTMLElement,
    update(state, shown) {
      composed.node.hidden = shown !== 'talk';
      for (const it of parts) it.update?.(state, shown);
    },
  };
}
