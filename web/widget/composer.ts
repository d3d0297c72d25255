import { h, say } from './dom';
import type { Context, Part } from './part';

/** The protocol's limit of a text, in code points. */
const MAX = 4000;
/** From here on a writer is told how much is left. */
const NEAR = MAX - 200;

/** Is this the Enter that sends? Not the one that ends an IME's composition; keyCode 229: Safari has ended it before it tells. */
export const sends = (event: KeyboardEvent) =>
  event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;

/** Where one writes: Enter sends, Shift+Enter is a new line. */
export function composer({ t, session, embed }: Context): Part {
  const field = h('textarea', {
    rows: 1,
    dir: 'auto',
    enterKeyHint: 'send',
    ariaLabel: t('message'),
    placeholder: t('write'),
    oninput() {
      fit();
      session.typing();
    },
    onkeydown(event) {
      if (!sends(event)) return;
      event.preventDefault();
      send();
    },
  });
  const count = h('p', { className: 'count' });
  // A tap must not take the focus: the phone's keyboard would close and open again.
  const button = h('button', { ariaLabel: t('send'), onpointerdown: (event) => event.preventDefault() });
  button.append(embed.icon('M12 19V5M5.5 11.5 12 5l6.5 6.5'));

  const length = () => [...field.value.trim()].length;
  const fit = () => {
    const n = length();
    button.ariaDisabled = `${!n || n > MAX}`;
    say(count, n > NEAR ? t('length', { n, max: MAX }) : '');
    count.classList.toggle('danger', n > MAX);
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  const send = () => {
    const n = length();
    if (!n || n > MAX) return;
    session.send(field.value);
    field.value = '';
    fit();
  };
  button.ariaDisabled = 'true';
  return {
    node: h(
      'form',
      {
        className: 'composer',
        onsubmit(event) {
          event.preventDefault();
          send();
        },
      },
      field,
      button,
      count,
    ),
    update() {},
    focus: () => field.focus(),
  };
}
