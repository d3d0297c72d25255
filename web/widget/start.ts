import type { Profile } from '../shared/protocol';
import { h } from './dom';
import type { Context, Part } from './part';

/** Longest topic that the server keeps, in code points. */
const TOPIC = 100;
const QUESTIONS = { name: 'text', email: 'email', topic: 'text' } as const;

/**
 * Before a chat: what the shop likes to know (data-ask="name,email*,topic", the star for what must be answered), and the
 * question, which becomes the chat's first text.
 */
export function start({ t, session, embed }: Context, done: () => void): Part {
  const { data, profile, token } = embed;
  const field = h('textarea', { rows: 4, required: true, maxLength: 4000, dir: 'auto' });
  const node = h('form', { className: 'start' });
  const asked: [keyof Profile, HTMLInputElement][] = [];
  for (const wish of (data.ask ?? 'name').split(',')) {
    const name = wish.replace(/\W/g, '') as keyof typeof QUESTIONS;
    // Who the shop knows is not asked who they are.
    if (!QUESTIONS[name] || profile?.[name] || (name !== 'topic' && (token ?? data.token))) continue;
    const required = wish.includes('*');
    const input = h('input', {
      type: QUESTIONS[name],
      autocomplete: name === 'topic' ? 'off' : name,
      maxLength: name === 'email' ? 254 : TOPIC,
      dir: 'auto',
      required,
    });
    asked.push([name, input]);
    node.append(h('label', {}, required ? t(name) : `${t(name)} ${t('optional')}`, input));
  }
  node.append(
    h('label', {}, t('ask'), field),
    h('button', { className: 'main' }, t('start')),
  );
  node.onsubmit = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    const given = asked.map(([name, { value }]) => [name, value.trim()]).filter(([, value]) => value);
    session.start({ topic: [...text].slice(0, TOPIC).join(''), ...profile, ...Object.fromEntries(given) });
    session.send(text);
    field.value = '';
    done();
  };
  let known = '';
  return {
    node,
    update({ room }) {
      const name = room?.customer.name ?? '';
      if (name === known) return;
      known = name;
      for (const [key, input] of asked) if (key === 'name') input.value ||= name;
    },
    focus: () => (asked.find(([, { required, value }]) => required && !value)?.[1] ?? field).focus(),
  };
}
