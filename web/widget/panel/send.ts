import type { CustomerSession } from '../../client/customer/state';
import { MAX_TEXT } from '../../client/wire/limits';

/** Sends a text of any length, split where it is too long for one message. */
export function sendText(session: CustomerSession, text: string): void {
  const points = [...text.trim()];
  while (points.length) session.send(points.splice(0, MAX_TEXT).join(''));
}
