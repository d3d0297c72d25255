import { h, setText } from '../panel/dom';
import type { Context, View } from '../panel/view';

/** In the panel's header, the agent's name and presence. */
export function createHeading({ t, title, subtitle }: Context): View {
  const node = h('b', { ariaHidden: 'true' });
  (title.parentNode as Element).before(node);
  return {
    node,
    update({ room, peerOnline }, shown) {
      const agent = (shown === 'conversation' && room?.agent && (room.agent.name || t('agent'))) || '';
      node.hidden = !agent;
      if (shown !== 'conversation') return;
      setText(node, [...agent][0] ?? '');
      setText(title, agent || t('title'));
      setText(subtitle, agent && t(peerOnline ? 'online' : 'away'));
    },
  };
}
