import { h, icon } from './dom';
import { sendText } from './send';
import type { Context, View } from './view';

/** The message field. Enter sends, Shift+Enter starts a new line; Enter that ends an IME composition does neither. */
export function createComposer({ t, session, draft }: Context): View {
  const { field, box } = draft.field({
    rows: 1,
    enterKeyHint: 'send',
    oninput() {
      session.typing();
    },
    onkeydown(event) {
      // keyCode 229: Safari ends the composition before the key event.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      send();
    },
  });
  // A tap must not take the focus, or a phone's keyboard would close and open again.
  const button = h(
    'button',
    { ariaLabel: t('send'), onpointerdown: (event) => event.preventDefault(), onclick: () => send() },
    icon('M12 19V5M5.5 11.5 12 5l6.5 6.5'),
  );
  const send = () => {
    sendText(session, field.value);
    draft.write('');
  };
  return {
    node: h('div', 'composer', box, button),
    focusTarget: field,
    update() {
      // The words come with the conversation.
      field.ariaLabel ||= field.placeholder = t('write');
    },
  };
}
