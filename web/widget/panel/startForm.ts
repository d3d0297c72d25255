import { MAX_EMAIL, MAX_NAME, MAX_TOPIC } from '../../client/wire/limits';
import type { Profile } from '../../client/wire/protocol';
import { act, h } from './dom';
import { ask } from './field';
import { sendAll } from './send';
import type { Context, Part } from './view';

/** The longest answers that the server keeps. */
const MOST = { name: MAX_NAME, email: MAX_EMAIL, topic: MAX_TOPIC };

/**
 * Before a chat: what the shop likes to know (data-ask="name,email*,topic", the star for what must be answered), and the
 * question, which becomes the chat's first text.
 */
export function start({ t, session, embed, draft }: Context, done: () => void): Part {
  const { field, box } = draft.field({ rows: 4, required: true });
  const question = ask({ t }, 'ask', field, { box });
  const asked: ReturnType<typeof ask>[] = [];
  const fields = () => [...asked, question].filter((it) => !it.field.disabled);
  const node = h('form', 'form');
  // Not the form's submit, which a frame without `allow-forms` never sees, and before which a browser says what is wrong in its own
  // language. Enter in a field presses it as well.
  const send = act('main', t('start'), (event) => {
    event.preventDefault();
    const [wrong] = fields().filter((it) => !it.right());
    if (wrong) return wrong.field.focus();
    const text = field.value.trim();
    const given: Profile = { ...embed.profile };
    for (const { field } of asked) given[field.name as keyof Profile] ||= field.value.trim();
    given.topic ||= text;
    session.start(given);
    sendAll(session, text);
    draft.write('');
    done();
  });
  for (const wish of (embed.data.ask ?? 'name').split(',')) {
    const key = /name|email|topic/.exec(wish)?.[0] as keyof Profile | undefined;
    // Who the shop knows is not asked who they are.
    if (!key || (key !== 'topic' && (embed.token ?? embed.data.token))) continue;
    const input = h('input', {
      name: key,
      type: key === 'email' ? key : 'text',
      autocomplete: key === 'topic' ? 'off' : key,
      dir: 'auto',
      required: wish.includes('*'),
    });
    asked.push(ask({ t }, key, input, { most: MOST[key] }));
  }
  node.append(...[...asked, question].map((it) => it.node), send);
  let known = '';
  return {
    node,
    update({ room }) {
      const name = room?.customer.name ?? '';
      for (const { node, field } of asked) {
        node.hidden = field.disabled = !!embed.profile?.[field.name as keyof Profile];
        if (field.name === 'name' && name !== known) field.value ||= name;
      }
      known = name;
    },
    get goal() {
      return fields().find((it) => !it.field.value)?.field ?? field;
    },
  };
}
