import { act, h, say } from './dom';
import type { Context, Part } from './part';

/** Who one talks with, and the ways out. Ending asks once more, in place. */
export function head({ t, session, embed, sound }: Context, minimise: () => void): Part {
  const face = h('span', { className: 'face', ariaHidden: 'true' });
  const name = h('h2', { dir: 'auto' });
  const how = h('p');
  const ring = () => {
    bell.ariaPressed = `${!sound.off}`;
    bell.replaceChildren(
      embed.icon(`M6 16v-5.5a6 6 0 0 1 12 0V16l1.5 2h-15zM10 20.5h4${sound.off ? 'M4 4l16 16' : ''}`),
    );
  };
  const bell = h('button', {
    className: 'icon',
    ariaLabel: t('sound'),
    onclick() {
      sound.off = !sound.off;
      ring();
    },
  });
  ring();
  const close = h(
    'button',
    { className: 'icon', ariaLabel: t('close'), onclick: minimise },
    embed.icon('m6 9 6 6 6-6'),
  );
  const end = h(
    'details',
    '',
    h('summary', '', t('end')),
    h(
      'div',
      'sure',
      t('endSure'),
      act('quiet', t('end'), () => session.end()),
    ),
  );
  const node = h('div', 'head', face, h('div', 'who', name, how), bell, end, close);
  return {
    node,
    focus: () => close.focus(),
    update({ room, line, peerOnline }, shown) {
      const going = shown === 'talk';
      const agent = (going && room?.agent && (room.agent.name || t('agent'))) || '';
      const fresh = shown === 'start';
      node.className = `head ${fresh ? 'hello' : ''} ${agent && peerOnline && line === 'open' ? 'here' : ''}`;
      face.hidden = !agent;
      say(face, [...agent][0] ?? '');
      say(name, fresh ? t('hello') : agent || t(shown === 'over' ? 'ended' : 'title'));
      say(how, fresh ? t('intro') : agent ? t(peerOnline ? 'online' : 'away') : '');
      end.hidden = !going;
      if (!going) end.open = false;
    },
  };
}
