import { h, setText } from '../panel/dom';
import type { Context, View } from '../panel/view';

/** 1st, 2nd, 3rd, 4th, 11th. */
const ordinal = (n: number) => n + (((n % 100) - (n % 10) !== 10 && ['', 'st', 'nd', 'rd'][n % 10]) || 'th');

/** The customer's position in the queue, and the expected wait. */
export function createQueuePosition({ t }: Context): View {
  const node = h('p', { className: 'queue-position', role: 'status' });
  return {
    node,
    update({ room, hours }) {
      node.hidden = room?.status !== 'waiting' || !!hours;
      const { position: n = 0, wait = 0 } = room ?? {};
      const positionText = t(n > 1 ? 'position' : n ? 'next' : 'connecting', { n, nth: ordinal(n) });
      const withWait = wait ? t('wait', { place: positionText, n: Math.ceil(wait / 60_000) }) : positionText;
      // A shop's own text for the wait may lack {place}.
      setText(node, withWait.includes(positionText) ? withWait : `${positionText} ${withWait}`);
    },
  };
}
