import { act, h, icon } from '../panel/dom';
import type { Context, Part } from '../panel/view';
import { MUTE } from './mute';

/** What the head has during a chat: the sound switch, and End chat with its confirmation. */
export function ways({ t, session, kept, ways: node }: Context) {
  const ring = () => {
    const off = kept.get(MUTE);
    bell.ariaPressed = `${!off}`;
    bell.replaceChildren(icon(`M4 17h16M6 17v-6a6 6 0 0 1 12 0v6M10 21h4${off ? 'M4 4l16 16' : ''}`));
  };
  const bell = h('button', {
    ariaLabel: t('sound'),
    onclick() {
      kept.set(MUTE, kept.get(MUTE) ? '' : '1');
      ring();
    },
  });
  ring();
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
  /** Closes the confirmation, if it is open. */
  const back = () => {
    if (!end.open) return false;
    end.open = false;
    summary.focus();
    return true;
  };
  node.append(bell, end);
  return {
    node,
    back,
    update({ room }) {
      // There may be no chat to end yet: the first text opens it.
      end.hidden = !room || room.status === 'ended';
      end.open &&= !end.hidden;
    },
  } satisfies Part;
}
