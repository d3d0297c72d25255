import type { Item } from '../../client/room/state';
import { MAX_COMMENT } from '../../client/wire/limits';
import type { RoomObject } from '../../client/wire/protocol';
import { h, setText, textButton } from '../panel/dom';
import { createField } from '../panel/field';
import type { Context, View } from '../panel/view';
import en from '../words/en.rating';
import ko from '../words/ko.rating';
import css from './rating.css';

const DAY_MS = 86_400_000;

export { css };
export const words = { en, ko };

/** How long the customer waited for an answer that never came: `7 days`. */
function waited({ created, ended = 0 }: RoomObject, items: Item[], lang: string): string {
  const since = items.findLast(({ from }) => from === 'customer')?.at ?? created;
  const days = Math.max(1, Math.round((ended - since) / DAY_MS));
  return days.toLocaleString(lang, { style: 'unit', unit: 'day', unitDisplay: 'long' });
}

/** After a chat: its rating, and the button for a new chat. */
export function create({ t, lang, session }: Context, done: () => void): View {
  const expired = h('p', { role: 'status' });
  const message = h('p', { role: 'status', tabIndex: -1 });
  const comment = h('textarea', { rows: 2, dir: 'auto' });
  const commentField = createField(t, 'comment', comment, { limit: MAX_COMMENT });
  // A click and not a submit, as in startForm.ts.
  const send = textButton('secondary', t('send'), (event) => {
    event.preventDefault();
    if (!commentField.validate()) return comment.focus();
    const text = comment.value.trim();
    session.rate({ score: stars.findIndex((it) => it.checked) + 1, ...(text && { comment: text }) });
    showRated(true);
    // Not the button below: a customer who is still typing would press it.
    message.focus();
  });
  const details = h('div', 'rating', commentField.node, send);
  const stars = [1, 2, 3, 4, 5].map((n) =>
    h('input', {
      type: 'radio',
      name: 'score',
      ariaLabel: `${n} / 5`,
      onchange: () => (details.hidden = false),
    }),
  );
  const form = h(
    'form',
    'rating',
    message,
    h('div', { role: 'radiogroup', ariaLabel: t('rate') }, ...stars),
    details,
  );
  const showRated = (done: boolean) => {
    details.hidden = true;
    setText(message, t(done ? 'thanks' : 'rate'));
  };
  let shownRating: string | undefined;
  return {
    node: h('div', 'ended', expired, form, textButton('primary', t('anew'), done)),
    update({ room, items }) {
      const unanswered = room?.reason === 'expired';
      expired.hidden = !unanswered;
      setText(expired, unanswered ? t('expired', { days: waited(room, items, lang) }) : '');
      // A chat that no agent took cannot be rated.
      form.hidden = !room?.agent;
      const { score = 0, comment: text = '' } = room?.rating ?? {};
      const rating = `${room?.id} ${score}`;
      if (rating === shownRating) return;
      shownRating = rating;
      for (const [i, star] of stars.entries()) star.checked = score === i + 1;
      comment.value = text;
      showRated(score > 0);
    },
  };
}
