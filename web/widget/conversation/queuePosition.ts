import { h, say } from '../panel/dom';
import type { Context, Part } from '../panel/view';

/** 1st, 2nd, 3rd, 4th, 11th. */
const nth = (n: number) => n + (((n % 100) - (n % 10) !== 10 && ['', 'st', 'nd', 'rd'][n % 10]) || 'th');

/** Where the customer stands in the queue. */
export function place({ t }: Context): Part {
  const node = h('p', { className: 'place', role: 'status' });
  return {
    node,
    update({ room }) {
      node.hidden = room?.status !== 'waiting';
      const { position: n = 0, wait = 0 } = room ?? {};
      const where = t(n > 1 ? 'position' : n ? 'next' : 'connecting', { n, nth: nth(n) });
      const all = wait ? t('wait', { place: where, n: Math.ceil(wait / 60_000) }) : where;
      // A shop's own word for the wait may lack {place}.
      say(node, all.includes(where) ? all : `${where} ${all}`);
    },
  };
}
