import { h, icon } from './dom';
import { sendAll } from './send';
import type { Context, Part } from './view';

/** Where one writes: Enter sends, Shift+Enter is a new line, and Enter that ends an IME's composition is neither. */
export function composer({ t, session, draft }: Context): Part {
  const { field, box } = draft.field({
    rows: 1,
    enterKeyHint: 'send',
    ariaLabel: t('write'),
    placeholder: t('write'),
    oninput() {
      session.typing();
    },
    onkeydown(event) {
      // keyCode 229: Safari ends the composition before it tells of the key.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      send();
    },
  });
  // A tap must not take the focus: the phone's keyboard would close and open again.
  const button = h(
    'button',
    { ariaLabel: t('send'), onpointerdown: (event) => event.preventDefault(), onclick: () => send() },
    icon('M12 19V5M5.5 11.5 12 5l6.5 6.5'),
  );
  const send = () => {
    sendAll(session, field.value);
    draft.write('');
  };
  return { node: h('div', 'composer', box, button), goal: field };
}
