import { h } from './dom';
import type { Context, Part } from './part';
import { place } from './place';
import css from './talk.css';
import { thread } from './thread';

export { css };

/** What was said, and the place in the queue. */
export function part(context: Context): Part {
  const parts = [thread(context), place(context)];
  return {
    node: h('div', 'later', ...parts.map(({ node }) => node)),
    update(state, shown) {
      for (const it of parts) it.update?.(state, shown);
    },
  };
}
