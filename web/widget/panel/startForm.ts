import { MAX_EMAIL, MAX_NAME, MAX_TOPIC } from '../../client/wire/limits';
import type { Profile } from '../../client/wire/protocol';
import { h, textButton } from './dom';
import { createField } from './field';
import { sendText } from './send';
import type { Context, View } from './view';

/** The longest answers that the server stores, in code points. */
const MAX_LENGTHS = { name: MAX_NAME, email: MAX_EMAIL, topic: MAX_TOPIC };

/**
 * The form before a chat: the profile fields that the shop asks for (data-ask="name,email*,topic"; a star makes one required), and
 * the question, which becomes the chat's first text.
 */
export function createStartForm(
  { t, session, embed, draft, profileFields }: Context,
  done: () => void,
): View {
  const { field, box } = draft.field({ rows: 4, required: true });
  const question = createField(t, 'ask', field, { box });
  const fields = () => [...profileFields, question].filter((it) => !it.field.disabled);
  const node = h('form', 'form');
  // Not the form's submit event: a frame without `allow-forms` never gets one, and before it browsers report errors in their own
  // language. Enter in a field presses this button too.
  const send = textButton('primary', t('start'), (event) => {
    event.preventDefault();
    const [firstInvalid] = fields().filter((it) => !it.validate());
    if (firstInvalid) return firstInvalid.field.focus();
    const text = field.value.trim();
    const profile: Profile = { ...embed.profile };
    for (const { field } of profileFields) profile[field.name as keyof Profile] ||= field.value.trim();
    profile.topic ||= text;
    session.start(profile);
    sendText(session, text);
    draft.write('');
    done();
  });
  for (const spec of (embed.data.ask ?? 'name').split(',')) {
    const key = /name|email|topic/.exec(spec)?.[0] as keyof Profile | undefined;
    // A customer who is logged in at the shop is not asked for a name or an email address.
    if (!key || (key !== 'topic' && (embed.token ?? embed.data.token))) continue;
    const input = h('input', {
      name: key,
      type: key === 'email' ? key : 'text',
      autocomplete: key === 'topic' ? 'off' : key,
      dir: 'auto',
      required: spec.includes('*'),
    });
    profileFields.push(createField(t, key, input, { limit: MAX_LENGTHS[key] }));
  }
  node.append(...[...profileFields, question].map((it) => it.node), send);
  let shownName = '';
  return {
    node,
    update({ room }) {
      const name = room?.customer.name ?? '';
      for (const { node, field } of profileFields) {
        node.hidden = field.disabled = !!embed.profile?.[field.name as keyof Profile];
        if (field.name === 'name' && name !== shownName) field.value ||= name;
      }
      shownName = name;
    },
    get focusTarget() {
      return fields().find((it) => !it.field.value)?.field ?? field;
    },
  };
}
