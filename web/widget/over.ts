import { MAX_COMMENT } from '../shared/limits';
import { act, h, say } from './dom';
import type { Context, Part } from './part';

/** After the end: what the customer thought of it, and the way to a new chat. */
export function over({ t, session }: Context, anew: () => void): Part {
  const said = h('p', { role: 'status' });
  const comment = h('textarea', {
    rows: 2,
    maxLength: MAX_COMMENT,
    dir: 'auto',
    ariaLabel: t('comment'),
    placeholder: t('comment'),
  });
  const more = h('div', 'rating', comment, h('button', 'quiet', t('send')));
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
    {
      className: 'rating',
      onsubmit(event) {
        event.preventDefault();
        const text = comment.value.trim();
        session.rate({ score: stars.findIndex((it) => it.checked) + 1, ...(text && { comment: text }) });
        rated(true);
        button.focus();
      },
    },
    said,
    h('div', { role: 'radiogroup', ariaLabel: t('rate') }, ...stars),
    more,
  );
  const rated = (done: boolean) => {
    more.hidden = true;
    say(said, t(done ? 'thanks' : 'rate'));
  };
  const button = act('main', t('anew'), anew);
  let shown: string | undefined;
  return {
    node: h('div', 'over', form, button),
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
    goal: button,
  };
}
