import { h } from '../panel/dom';
import type { Context, Part } from '../panel/view';
import en from '../words/en.conversation';
import ko from '../words/ko.conversation';
import { notice } from './connectionNotice';
import { ways } from './controls';
import css from './conversation.css';
import { place } from './queuePosition';
import { thread } from './thread';
import { attention } from './unread';

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
