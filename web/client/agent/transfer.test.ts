import { expect, test } from 'vitest';
import type { Item } from '../room/state';
import { transferredBy } from './transfer';

/** As taken:Minji, in their order. */
const items = (words: string) =>
  words.split(' ').map((it, i): Item => {
    const [event, by] = it.split(':');
    return {
      key: it,
      room: 'r',
      at: i,
      seq: i + 1,
      text: '',
      from: 'system',
      event: event as never,
      ...(by && { by }),
    };
  });

test.each([
  ['taken:Minji transferred:Joon', 0, 'Minji'],
  ['taken:Minji transferred:Joon', 2, undefined],
  ['taken:Minji transferred:Bo transferred:Joon idle_warning', 2, 'Bo'],
  ['taken transferred:Joon', 0, ''],
  ['transferred:Joon', 0, ''],
  ['taken:Minji', 0, undefined],
  ['taken:Minji transferred:Bo released:Bo taken:Joon', 0, undefined],
  ['opened', 0, undefined],
])('%s, seen up to %i', (words, looked, by) => {
  expect(transferredBy(items(words), looked)).toBe(by);
});
