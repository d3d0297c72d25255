import type { CustomerState } from '../../client/customer/state';
import { h, icon, setText } from './dom';
import type { Context, Screen, View } from './view';

/** The panel's title, the conversation's controls, and the button that minimises the panel. */
export function createHeader({ t, title, subtitle, chatControls }: Context, minimise: () => void) {
  const close = h('button', { ariaLabel: t('close'), onclick: minimise }, icon('m6 9 6 6 6-6'));
  return {
    node: h('div', 'header', h('div', 'heading', title, subtitle), chatControls, close),
    focusTarget: title,
    update(_: CustomerState, shown: Screen) {
      // The conversation writes its own.
      if (shown === 'conversation') return;
      setText(title, t(shown === 'rating' ? 'ended' : 'title'));
      setText(subtitle, shown === 'form' ? t('intro') : '');
    },
  } satisfies View;
}
