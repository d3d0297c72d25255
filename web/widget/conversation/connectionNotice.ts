import { act, h } from '../panel/dom';
import type { Context, Part } from '../panel/view';

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
