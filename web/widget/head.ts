import { act, h, say } from './dom';
import type { Context, Part } from './part';

/** Who one talks with, and the ways out. Ending asks once more, in place. */
export function head({ t, session, embed, sound }: Context, minimise: () => void, fresh: () => boolean): Part {
  const face = h('span', { className: 'face', ariaHidden: 'true' });
  const name = h('h2', { dir: 'auto' });
  const how = h('p');
  const bell = h('button', {
    type: 'button',
    className: 'icon',
    ariaLabel: t('sound'),
    onclick() {
      sound.mute(!sound.muted());
      ring();
    },
  });
  const ring = () => {
    const off = sound.muted();
    bell.ariaPressed = `${!off}`;
    bell.replaceChildren(
      embed.icon(`M6 16v-5.5a6 6 0 0 1 12 0V16l1.5 2h-15zM10 20.5h4${off ? 'M4 4l16 16' : ''}`),
    );
  };
  ring();
  const end = act('end', t('end'), () => ask(sure.hidden));
  const sure = h(
    'div',
    { className: 'sure', hidden: true },
    h('p', { role: 'status' }, t('endSure')),
    act('quiet danger', t('endYes'), () => {
      ask(false);
      session.end();
    }),
    act('quiet', t('endNo'), () => {
      ask(false);
      end.focus();
    }),
  );
  const ask = (on: boolean) => {
    sure.hidden = !on;
    end.ariaExpanded = `${on}`;
  };
  ask(false);
  const close = h('button', {
    type: 'button',
    className: 'icon',
    ariaLabel: t('close'),
    onclick: minimise,
  });
  close.append(embed.icon('m6 9 6 6 6-6'));
  const node = h('div', { className: 'head' }, face, h('div', { className: 'who' }, name, how), bell, end, close, sure);
  return {
    node,
    focus: () => close.focus(),
    update({ room, line, peerOnline }) {
      const going = !!room && room.status !== 'ended' && !fresh();
      const agent = (going && room.agent && (room.agent.name || t('agent'))) || '';
      node.classList.toggle('big', fresh());
      node.classList.toggle('here', agent !== '' && peerOnline && line === 'open');
      face.hidden = agent === '';
      say(face, [...agent][0] ?? '');
      say(name, fresh() ? t('hello') : agent || t('title'));
      say(how, fresh() ? t('intro') : agent ? t(peerOnline ? 'online' : 'away') : going ? t('queue') : '');
      end.hidden = !going;
      if (!going) ask(false);
    },
  };
}
