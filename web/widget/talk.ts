import { attention } from './attention';
import { composer } from './composer';
import { h } from './dom';
import en from './en.talk';
import ko from './ko.talk';
import { notice } from './notice';
import type { Context, Part } from './part';
import { place } from './place';
import css from './talk.css';
import { thread } from './thread';
import { ways } from './ways';

export { css };
export const words = { en, ko };

/** The chat: what was said, the place in the queue, and where one writes while it goes on. */
export function part(context: Context): Part {
  const composed = composer(context);
  const out = ways(context);
  const parts = [notice(context), thread(context), place(context), composed];
  const all = [...parts, out, attention(context)];
  return {
    node: h('div', 'later', ...parts.map(({ node }) => node)),
    goal: composed.goal as HTMLElement,
    back: out.back,
    update(state, shown) {
      composed.node.hidden = shown !== 'talk';
      for (const it of all) it.update?.(state, shown);
    },
  };
}
