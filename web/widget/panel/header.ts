import type { CustomerState } from '../../client/customer/state';
import { h, icon, setText } from './dom';
import type { Context, Screen, View } from './view';

/** The agent's name and presence or the panel's title, the conversation's controls, and the button that minimises the panel. */
export function createHeader({ t, chatControls }: Context, minimise: () => void) {
  const avatar = h('b', { ariaHidden: 'true' });
  const title = h('h2', { dir: 'auto', tabIndex: -1 });
  const subtitle = h('p');
  const close = h('button', { ariaLabel: t('close'), onclick: minimise }, icon('m6 9 6 6 6-6'));
  return {
    node: h('div', 'header', avatar, h('div', 'heading', title, subtitle), chatControls, close),
    focusTarget: title,
    update({ room, peerOnline }: CustomerState, shown: Screen) {
      const agent = (shown === 'conversation' && room?.agent && (room.agent.name || t('agent'))) || '';
      avatar.hidden = !agent;
      setText(avatar, [...agent][0] ?? '');
      setText(title, agent || t(shown === 'rating' ? 'ended' : 'title'));
      setText(subtitle, shown === 'form' ? t('intro') : agent && t(peerOnline ? 'online' : 'away'));
    },
  } satisfies View;
}
