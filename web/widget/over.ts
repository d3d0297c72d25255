import { act, h, say } from './dom';
import type { Context, Part } from './part';

/** After the end: what the customer thought of it, and the way to a new chat. */
export function over({ t, session }: Context, anew: () => void): Part {
  const comment = h('textarea', { rows: 2, maxLength: 1000, dir: 'auto', ariaLabel: t('comment'), placeholder: t('comment') });
  const send = h('button', { className: 'quiet' }, t('rateSend'));
  const stars = h('div', { className: 'stars' });
  const more = h('div', { className: 'more', hidden: true }, comment, send);
  const said = h('p', { role: 'status' });
  const radios = [1, 2, 3, 4, 5].map((n) =>
    h('input', {
      type: 'radio',
      name: 'score',
      value: `${n}`,
      ariaLabel: t('score', { n }),
      onchange() {
        more.hidden = false;
        say(said, t('rate'));
      },
    }),
  );
  for (const radio of radios) stars.append(h('label', {}, radio, '★'));
  stars.role = 'radiogroup';
  stars.ariaLabel = t('rate');
  const rating = h('form', { className: 'rating' }, said, stars, more);
  rating.onsubmit = (event) => {
    event.preventDefault();
    const score = radios.findIndex(({ checked }) => checked) + 1;
    const text = comment.value.trim();
    session.rate({ score, ...(text && { comment: text }) });
    more.hidden = true;
    say(said, t('thanks'));
    button.focus();
  };
  const button = act('main', t('anew'), anew);
  let id: string | undefined;
  return {
    node: h('div', { className: 'over' }, h('p', {}, t('over')), rating, button),
    update({ room }) {
      // Who was never answered has nothing to rate.
      rating.hidden = !room?.agent;
      if (!room || room.status !== 'ended' || (room.id === id && more.hidden === false)) return;
      if (room.id !== id) {
        id = room.id;
        comment.value = room.rating?.comment ?? '';
        more.hidden = true;
        say(said, t(room.rating ? 'thanks' : 'rate'));
        for (const [i, radio] of radios.entries()) radio.checked = room.rating?.score === i + 1;
      }
    },
    focus: () => button.focus(),
  };
}
