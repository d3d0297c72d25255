import { expect, test } from 'vitest';
import type { AgentRoom } from '../../../client/agent/state';
import type { Item } from '../../../client/room/state';
import { LATE_MS, myChats, SOON_MS, urgency, waitingSince } from './waits';

let keys = 0;
const item = (at: number, from: Item['from'], more: Partial<Item> = {}): Item => ({
  key: `${++keys}`,
  from,
  at,
  text: 'x',
  room: 'r',
  ...more,
});

const room = (id: string, items: Item[], mine = true) =>
  ({ room: { id, created: 0 }, items, mine }) as unknown as AgentRoom;

test.each([
  ['nobody wrote', [], undefined],
  [
    'since the first of several unanswered texts',
    [item(1, 'agent'), item(2, 'customer'), item(3, 'customer')],
    2,
  ],
  ['answered', [item(1, 'customer'), item(2, 'agent')], undefined],
  [
    'an answer that is still on its way counts',
    [item(1, 'customer'), item(2, 'agent', { state: 'sending' })],
    undefined,
  ],
  ['an answer that failed does not count', [item(1, 'customer'), item(2, 'agent', { state: 'failed' })], 1],
  ['a system message is no answer', [item(1, 'customer'), item(2, 'system', { event: 'taken' })], 1],
])('%s', (_, items, since) => {
  expect(waitingSince(room('r', items))).toBe(since);
});

test("a customer in a colleague's room does not wait for this agent", () => {
  expect(waitingSince(room('r', [item(1, 'customer')], false))).toBeUndefined();
});

test.each([
  ['customer', 7],
  ['agent', undefined],
] as const)('before the texts are loaded, the preview counts: from the %s', (from, since) => {
  const it = room('r', []);
  it.room.last = { from, at: 7, text: 'x' };
  expect(waitingSince(it)).toBe(since);
});

test('the longest wait comes first, then the newest text', () => {
  const rooms = [
    room('answered long ago', [item(1, 'customer'), item(5, 'agent')]),
    room('waits less', [item(8, 'customer')]),
    room('answered just now', [item(1, 'customer'), item(9, 'agent')]),
    room('waits longest', [item(2, 'customer'), item(9, 'customer')]),
    room('not mine', [item(1, 'customer')], false),
  ];
  expect(myChats(Object.fromEntries(rooms.map((it) => [it.room.id, it]))).map((it) => it.room.id)).toEqual([
    'waits longest',
    'waits less',
    'answered just now',
    'answered long ago',
  ]);
});

test('customers who have left the site come after those who are present', () => {
  const rooms = {
    a: room('a', [item(1, 'customer')]),
    b: room('b', [item(2, 'customer')]),
    c: room('c', [item(1, 'customer'), item(9, 'agent')]),
  };
  expect(myChats(rooms, new Set(['a'])).map((it) => it.room.id)).toEqual(['b', 'c', 'a']);
});

test('rooms without texts keep their order', () => {
  const rooms = { a: room('a', []), b: room('b', []) };
  expect(myChats(rooms).map((it) => it.room.id)).toEqual(['a', 'b']);
});

test('a wait turns amber, then red', () => {
  expect(urgency(undefined, 0)).toBe('calm');
  expect(urgency(0, SOON_MS - 1)).toBe('calm');
  expect(urgency(0, SOON_MS)).toBe('soon');
  expect(urgency(0, LATE_MS - 1)).toBe('soon');
  expect(urgency(0, LATE_MS)).toBe('late');
});
