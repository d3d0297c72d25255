import { expect, test } from 'vitest';
import type { RoomObject } from '../../client/wire/protocol';
import { inCommon } from './inCommon';

const room = (from: string | undefined, text: string | undefined, topic?: string) =>
  ({
    ...(from && { from }),
    ...(topic && { topic }),
    ...(text && { last: { text, from: 'customer', at: 0 } }),
  }) as RoomObject;
const times = (n: number, ...of: Parameters<typeof room>) => Array.from({ length: n }, () => room(...of));

test.each([
  ['nobody', [], 0, 0],
  ['four are chance', times(4, 'a', 'hi'), 0, 0],
  ['from one place', [...times(12, 'a', ''), ...times(7, 'b', '')], 12, 0],
  [
    'the same words in any case',
    [...times(3, '', 'Buy now'), ...times(3, '', ' buy NOW '), room('', 'hello')],
    0,
    6,
  ],
  ['a topic where nothing was written yet', times(5, '', undefined, 'Pills'), 0, 5],
  ['thousands', times(6_000, 'a', 'hi'), 6_000, 6_000],
])('%s', (_, queue, place, words) => {
  expect(inCommon(queue)).toEqual({ place, words });
});
