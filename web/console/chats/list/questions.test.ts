import { expect, test } from 'vitest';
import type { RoomObject } from '../../../client/wire/protocol';
import { leftQuestions, toAnswer } from './questions';

const room = (id: string, left?: number, from?: 'agent' | 'customer') =>
  ({
    id,
    ...(left && { left: { since: left, open: 0 } }),
    ...(from && { last: { from, text: '', at: 0 } }),
  }) as RoomObject;

test('left questions are the oldest first, and those that are answered below the others', () => {
  const queue = [room('a', 5, 'agent'), room('b'), room('c', 9, 'customer'), room('d', 7)];
  expect(leftQuestions(queue).map(({ id }) => id)).toEqual(['c', 'd', 'a']);
});

test('what is to answer leaves out the answered ones, and counts those that are not listed', () => {
  const queue = [room('a', 5, 'agent'), room('b'), room('c', 9), room('d', 7)];
  expect(toAnswer(queue, 3)).toEqual({ n: 2, since: 7 });
  expect(toAnswer(queue, 312)).toEqual({ n: 311, since: 7 });
});

test.each([
  ['nothing is left', [room('a')], 0],
  ['everything is answered', [room('a', 5, 'agent')], 1],
] as const)('nothing is to answer where %s', (_, queue, total) => {
  expect(toAnswer(queue, total)).toBeUndefined();
});
