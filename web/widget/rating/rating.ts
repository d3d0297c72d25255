import { MAX_COMMENT } from '../../client/wire/limits';
import { act, h, say } from '../panel/dom';
import { ask } from '../panel/field';
import type { Context, Part } from '../panel/view';
import en from '../words/en.rating';
import ko from '../words/ko.rating';
import css from './rating.css';

export { css };
export const words = { en, ko };

/** After the end: what the customer thought of it, and the way to a new chat. */
export function part({ t, session }: Context, done: () => void): Part {
  const said = h('p', { role: 'status', tabIndex: -1 });
  const comment = h('textarea', { rows: 2, dir: 'auto' });
  const asked = ask({ t }, 'comment', comment, { most: MAX_COMMENT });
  // As in start.ts.
  const send = act('quiet', t('send'), (event) => {
    event.preventDefault();
    if (!asked.right()) return comment.focus();
    const text = comment.value.trim();
    session.rate({ score: stars.findIndex((it) => it.checked) + 1, ...(text && { comment: text }) });
    rated(true);
    // Not the button below: a customer who goes on typing would start a chat with it.
    said.focus();
  });
  const more = h('div', 'rating', asked.node, send);
  const stars = [1, 2, 3, 4, 5].map((n) =>
    h('input', {
      type: 'radio',
      name: 'score',
      ariaLabel: `${n} / 5`,
      onchange: () => (more.hidden = false),
    }),
  );
  const form = h(
    'form',
    'rating',
    said,
    h('div', { role: 'radiogroup', ariaLabel: t('rate') }, ...stars),
    more,
  );
  const rated = (done: boolean) => {
    more.hidden = true;
    say(said, t(done ? 'thanks' : 'rate'));
  };
  let shown: string | undefined;
  return {
    node: h('div', 'over', form, act('main', t('anew'), done)),
    update({ room }) {
      // Who was never answered has nothing to rate.
      form.hidden = !room?.agent;
      const { score = 0, comment: text = '' } = room?.rating ?? {};
      const now = `${room?.id} ${score}`;
      if (now === shown) return;
      shown = now;
      for (const [i, star] of stars.entries()) star.checked = score === i + 1;
      comment.value = text;
      rated(score > 0);
    },
  };
}
