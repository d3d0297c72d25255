import { h, textButton } from '../panel/dom';
import type { Context, View } from '../panel/view';

/** Shorter interruptions are not shown, ms. */
const TOLERATED_MS = 3_000;

/** Says that the connection is lost, or that a newer window or device has it. */
export function createConnectionNotice({ t, session }: Context): View {
  const takeOverButton = textButton('', t('takeOver'), () => session.takeOver());
  const node = h('div', { className: 'notice', role: 'status' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownLine = '';
  const update = () => {
    const { line, lostSince = 0 } = session.state;
    clearTimeout(timer);
    const wait = line === 'lost' ? lostSince + TOLERATED_MS - Date.now() : 0;
    if (wait > 0) timer = setTimeout(update, wait);
    const newLine = line === 'replaced' || (line === 'lost' && wait <= 0) ? line : '';
    if (newLine === shownLine) return;
    shownLine = newLine;
    node.textContent = newLine && t(newLine);
    if (newLine === 'replaced') node.append(' ', takeOverButton);
  };
  return { node, update };
}
