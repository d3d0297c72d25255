import { act, h, say } from './dom';
import type { Context, Part } from './part';

/** Shorter breaks of the line are not worth a word, ms. */
const QUIET = 3_000;

/** Says that the line is lost, or that a newer window has it. */
export function notice({ t, session }: Context): Part {
  const here = act('', t('takeOver'), () => session.takeOver());
  const node = h('div', { className: 'notice', role: 'status' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let said = '';
  const update = () => {
    const { line, lostSince = 0 } = session.state;
    clearTimeout(timer);
    const wait = line === 'lost' ? lostSince + QUIET - Date.now() : 0;
    if (wait > 0) timer = setTimeout(update, wait);
    const now = wait > 0 ? '' : line;
    if (now !== said)
      node.replaceChildren(
        ...(now === 'replaced' ? [t(now), ' ', here] : now === 'lost' ? [t('reconnecting')] : []),
      );
    said = now;
  };
  return { node, update };
}

/** Where the customer stands in the queue. */
export function place({ t, minutes }: Context): Part {
  const number = h('b', { ariaHidden: 'true' });
  const words = h('span');
  const node = h('p', { className: 'place', role: 'status' }, number, words);
  return {
    node,
    update({ room }) {
      node.hidden = room?.status !== 'waiting';
      const { position: n, wait } = room ?? {};
      say(number, n ? `${n}` : '…');
      const where = !n ? t('queue') : n > 1 ? t('position', { n }) : t('next');
      say(words, `${where} ${wait ? `${t('wait', { time: minutes(wait) })} ` : ''}${t('early')}`);
    },
  };
}
