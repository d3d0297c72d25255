import type { CustomerState } from '../shared/state';
import { act, h, say } from './dom';
import { MUTE } from './mute';
import type { Context, Part, Shown } from './part';

/** Who one talks with, and the ways out. Ending asks once more, in place. */
export function head({ t, session, embed, kept }: Context, minimise: () => void) {
  const face = h('b', { ariaHidden: 'true' });
  const name = h('h2', { dir: 'auto', tabIndex: -1 });
  const how = h('p');
  const ring = () => {
    const off = kept.get(MUTE);
    bell.ariaPressed = `${!off}`;
    bell.replaceChildren(embed.icon(`M4 17h16M6 17v-6a6 6 0 0 1 12 0v6M10 21h4${off ? 'M4 4l16 16' : ''}`));
  };
  const bell = h('button', {
    ariaLabel: t('sound'),
    onclick() {
      kept.set(MUTE, kept.get(MUTE) ? '' : '1');
      ring();
    },
  });
  ring();
  const close = h('button', { ariaLabel: t('close'), onclick: minimise }, embed.icon('m6 9 6 6 6-6'));
  const summary = h('summary', '', t('end'));
  const cancel = act('quiet', t('cancel'), () => back());
  const end = h(
    'details',
    { ontoggle: () => end.open && cancel.focus() },
    summary,
    h(
      'div',
      'sure',
      h('p', '', t('endSure')),
      act('main', t('end'), () => session.end()),
      cancel,
    ),
  );
  /** Takes back the question that stands open, if one does. */
  const back = () => {
    if (!end.open) return false;
    end.open = false;
    summary.focus();
    return true;
  };
  return {
    node: h('div', 'head', face, h('div', 'who', name, how), bell, end, close),
    goal: name,
    back,
    update({ room, peerOnline }: CustomerState, shown: Shown) {
      const agent = (shown === 'talk' && room?.agent && (room.agent.name || t('agent'))) || '';
      face.hidden = !agent;
      say(face, [...agent][0] ?? '');
      say(name, agent || t(shown === 'over' ? 'ended' : 'title'));
      say(how, shown === 'start' ? t('intro') : agent && t(peerOnline ? 'online' : 'away'));
      // There may be nothing to end yet: the first text opens the chat.
      end.hidden = !room || room.status === 'ended';
      end.open &&= !end.hidden;
    },
  } satisfies Part & { back(): boolean };
}
