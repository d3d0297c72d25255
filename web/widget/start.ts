import { MAX_EMAIL, MAX_NAME, MAX_TOPIC } from '../shared/limits';
import type { Profile } from '../shared/protocol';
import { sendAll } from './composer';
import { h } from './dom';
import type { Context, Part } from './part';

/** The longest answers that the server keeps. */
const MOST = { name: MAX_NAME, email: MAX_EMAIL, topic: MAX_TOPIC };

/**
 * Before a chat: what the shop likes to know (data-ask="name,email*,topic", the star for what must be answered), and the
 * question, which becomes the chat's first text.
 */
export function start({ t, session, embed }: Context, done: () => void): Part {
  const field = h('textarea', { rows: 4, required: true, dir: 'auto' });
  const asked: HTMLInputElement[] = [];
  const node = h('form', {
    className: 'form',
    onsubmit(event) {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      const given: Profile = { ...embed.profile };
      for (const { name, value } of asked) given[name as keyof Profile] ||= value.trim();
      given.topic ||= text;
      session.start(given);
      sendAll(session, text);
      field.value = '';
      done();
    },
  });
  for (const wish of (embed.data.ask ?? 'name').split(',')) {
    const key = /name|email|topic/.exec(wish)?.[0] as keyof Profile | undefined;
    // Who the shop knows is not asked who they are.
    if (!key || (key !== 'topic' && (embed.token ?? embed.data.token))) continue;
    const input = h('input', {
      name: key,
      type: key === 'email' ? key : 'text',
      autocomplete: key === 'topic' ? 'off' : key,
      maxLength: MOST[key],
      dir: 'auto',
      required: wish.includes('*'),
    });
    asked.push(input);
    node.append(h('label', '', t(key), input.required ? ' *' : '', input));
  }
  node.append(h('label', '', t('ask'), field), h('button', 'main', t('start')));
  let known = '';
  return {
    node,
    update({ room }) {
      const name = room?.customer.name ?? '';
      for (const input of asked) {
        (input.parentNode as HTMLElement).hidden = input.disabled =
          !!embed.profile?.[input.name as keyof Profile];
        if (input.name === 'name' && name !== known) input.value ||= name;
      }
      known = name;
    },
    get goal() {
      return node.querySelector<HTMLElement>(':invalid') ?? field;
    },
  };
}
