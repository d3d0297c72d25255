import { act, h, say } from './dom';
import type { Context, Part } from './part';

/** Shorter breaks of the line are not worth a word, ms. */
const QUIET = 3_000;

/** Says that the line is lost, or that a newer window has it. */
export function notice({ t, session }: Context): Part {
  const words = h('span');
  const here = act('plain', t('takeOver'), () => session.takeOver());
  const node = h('div', { className: 'notice', role: 'status' }, words, here);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    const { line, lostSince = 0 } = session.state;
    clearTimeout(timer);
    const wait = lostSince + QUIET - Date.now();
    if (line === 'lost' && wait > 0) timer = setTimeout(update, wait);
    const replaced = line === 'replaced';
    say(words, replaced ? `${t('replaced')} ` : line === 'lost' && wait <= 0 ? t('reconnecting') : '');
    here.hidden = !replaced;
    node.classList.toggle('on', !!words.textContent);
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
      const waits = room?.status === 'waiting';
      const { position, wait } = room ?? {};
      node.hidden = !waits;
      if (!waits) return;
      say(number, position ? `${position}` : '…');
      const where = !position ? t('soon') : position === 1 ? t('next') : t('position', { n: position });
      say(words, `${where} ${wait ? `${t('wait', { time: minutes(wait) })} ` : ''}${t('early')}`);
    },
  };
}
