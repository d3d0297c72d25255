import { h, setText } from '../panel/dom';
import type { Context, View } from '../panel/view';
import en from '../words/en.hours';
import ko from '../words/ko.hours';
import css from './hours.css';
import { createLeaveForm } from './leaveForm';
import { createLimitNotice } from './limitNotice';
import { openingNotice } from './opening';

export { css };
export const words = { en, ko };

/** What the customer is told while nobody serves them, and when the server has not taken a text. */
export function create(context: Context, anew: () => void): View {
  const limit = createLimitNotice(context);
  const leaveForm = createLeaveForm(context, anew);
  const notice = h('p', { className: 'hours', role: 'status' });
  return {
    node: h('div', 'contents', limit.node, notice),
    update(state, shown) {
      limit.update?.(state, shown);
      leaveForm.update(state, shown);
      const text = openingNotice(context, state, shown);
      notice.className = shown === 'form' ? 'hours above' : 'hours';
      // Screen readers read out changes of a live region, not its first content.
      setTimeout(() => setText(notice, text));
    },
  };
}
