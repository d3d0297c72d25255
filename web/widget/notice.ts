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
    const now = line === 'replaced' || (line === 'lost' && wait <= 0) ? line : '';
    if (now === said) return;
    said = now;
    node.textContent = now && t(now);
    if (now === 'replaced') node.append(' ', here);
  };
  return { node, update };
}

/** Where the customer stands in the queue. */
export function place({ t }: Context): Part {
  const number = h('b', { ariaHidden: 'true' });
  const words = h('span');
  const node = h('p', { className: 'place', role: 'status' }, number, words);
  return {
    node,
    update({ room }) {
      node.hidden = room?.status !== 'waiting';
      const { position: n, wait = 0 } = room ?? {};
      say(number, `${n ?? '…'}`);
      const where = n ? t('position', { n }) : t('connecting');
      say(words, wait ? `${where} ${t('wait', { n: Math.ceil(wait / 60_000) })}` : where);
    },
  };
}
