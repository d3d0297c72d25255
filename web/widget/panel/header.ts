import type { CustomerState } from '../../client/customer/state';
import { h, icon, say } from './dom';
import type { Context, Part, Shown } from './view';

/** Who one talks with, what ways.ts adds once there is a chat, and the way back to the page. */
export function head({ t, ways }: Context, minimise: () => void) {
  const face = h('b', { ariaHidden: 'true' });
  const name = h('h2', { dir: 'auto', tabIndex: -1 });
  const how = h('p');
  const close = h('button', { ariaLabel: t('close'), onclick: minimise }, icon('m6 9 6 6 6-6'));
  return {
    node: h('div', 'head', face, h('div', 'who', name, how), ways, close),
    goal: name,
    update({ room, peerOnline }: CustomerState, shown: Shown) {
      const agent = (shown === 'talk' && room?.agent && (room.agent.name || t('agent'))) || '';
      face.hidden = !agent;
      say(face, [...agent][0] ?? '');
      say(name, agent || t(shown === 'over' ? 'ended' : 'title'));
      say(how, shown === 'start' ? t('intro') : agent && t(peerOnline ? 'online' : 'away'));
    },
  } satisfies Part;
}
