import { linked } from '../conversation/linked';
import { h } from '../panel/dom';
import type { Context, View } from '../panel/view';
import type { Word } from '../words/keys';

/** Says why the server has not taken the customer's text, and what they can do; beside the text is the button for it. */
export function createLimitNotice({ t }: Context): View {
  const node = h('p', { className: 'limit', role: 'alert' });
  let shown: string | undefined;
  return {
    node,
    update({ items }) {
      const why = items.find((it) => it.state !== 'sending' && /full|rate/.test(`${it.why}`))?.why;
      if (why === shown) return;
      shown = why;
      node.replaceChildren(...linked(why ? t(why as Word) : ''));
    },
  };
}
