import { attention } from './attention';
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

/** The conversation, with the notices about connection and queue, and the message field. */
export function part(context: Context): Part {
  const out = ways(context);
  const parts = [notice(context), thread(context), place(context)];
  const all = [...parts, out, attention(context)];
  return {
    node: h('div', 'later', ...parts.map(({ node }) => node)),
    back: out.back,
    update(state, shown) {
      for (const it of all) it.update?.(state, shown);
    },
  };
}
