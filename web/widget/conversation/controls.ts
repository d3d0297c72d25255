import { h, icon, textButton } from '../panel/dom';
import type { Context, View } from '../panel/view';
import { MUTED_KEY } from './mute';

/** The header's controls during a chat: the sound switch, and End chat with its confirmation. */
export function createControls({ t, session, storage, chatControls: node }: Context) {
  const drawSoundSwitch = () => {
    const off = storage.get(MUTED_KEY);
    soundSwitch.ariaPressed = `${!off}`;
    soundSwitch.replaceChildren(icon(`M4 17h16M6 17v-6a6 6 0 0 1 12 0v6M10 21h4${off ? 'M4 4l16 16' : ''}`));
  };
  const soundSwitch = h('button', {
    ariaLabel: t('sound'),
    onclick() {
      storage.set(MUTED_KEY, storage.get(MUTED_KEY) ? '' : '1');
      drawSoundSwitch();
    },
  });
  drawSoundSwitch();
  const summary = h('summary', '', t('end'));
  const cancel = textButton('secondary', t('cancel'), () => closeConfirmation());
  const details = h(
    'details',
    { ontoggle: () => details.open && cancel.focus() },
    summary,
    h(
      'div',
      'confirmation',
      h('p', '', t('endSure')),
      textButton('primary', t('end'), () => session.end()),
      cancel,
    ),
  );
  /** False if it was closed already. */
  const closeConfirmation = () => {
    if (!details.open) return false;
    details.open = false;
    summary.focus();
    return true;
  };
  node.append(soundSwitch, details);
  return {
    node,
    closeConfirmation,
    update({ room }) {
      // Before the first text is stored there is no chat to end.
      details.hidden = !room || room.status === 'ended';
      details.open &&= !details.hidden;
    },
  } satisfies View;
}
