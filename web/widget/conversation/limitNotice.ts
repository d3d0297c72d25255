import { h, setText } from '../panel/dom';
import type { Context, View } from '../panel/view';
import type { Word } from '../words/keys';

/** Says why the server has not taken the customer's text, and what they can do; beside the text is the button for it. */
export function createLimitNotice({ t }: Context): View {
  const node = h('p', { className: 'notice', role: 'alert' });
  return {
    node,
    update({ items }) {
      const refused = items.find(({ state, why = '' }) => state !== 'sending' && /full|rate/.test(why));
      setText(node, refused ? t(refused.why as Word) : '');
    },
  };
}
