import { h } from '../panel/dom';
import type { Context, View } from '../panel/view';
import en from '../words/en.conversation';
import ko from '../words/ko.conversation';
import { createConnectionNotice } from './connectionNotice';
import { createControls } from './controls';
import css from './conversation.css';
import { createHeading } from './heading';
import { createQueuePosition } from './queuePosition';
import { createThread } from './thread';
import { createUnreadIndicator } from './unread';

export { css };
export const words = { en, ko };

/** The conversation, with the notices about connection and queue. */
export function create(context: Context): View {
  const controls = createControls(context);
  const visible = [createConnectionNotice(context), createThread(context), createQueuePosition(context)];
  const views = [...visible, createHeading(context), controls, createUnreadIndicator(context)];
  return {
    node: h('div', 'contents', ...visible.map(({ node }) => node)),
    closeConfirmation: controls.closeConfirmation,
    update(state, shown) {
      for (const view of views) view.update?.(state, shown);
    },
  };
}
