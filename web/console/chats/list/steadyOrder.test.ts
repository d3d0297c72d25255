import { expect, test } from 'vitest';
import { keepOrder } from './steadyOrder';

const list = (words: string) => words.split(' ').map((it) => ({ key: it.charAt(0), now: it }));

test.each([
  ['those that moved stand where they were, as they are now', 'a1 b1 c1', 'c2 a2 b2', 'a2 b2 c2'],
  ['one that came waits', 'a1 b1', 'x2 a2 b2', 'a2 b2'],
  ['one that went stays as it was', 'a1 b1 c1', 'a2 c2', 'a2 b1 c2'],
])('%s', (_, before, now, shown) => {
  expect(keepOrder(list(before), list(now), ({ key }) => key)).toEqual(list(shown));
});
