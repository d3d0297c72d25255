import { expect, test } from 'vitest';
import type { RoomObject } from '../wire/protocol';
import { AgentQueue } from './queue';

const room = (id: string, created: number, left = false) =>
  ({
    id,
    created,
    rev: 1,
    seq: 1,
    status: 'waiting',
    customer: {},
    ...(left && { left: { since: created, open: 0 } }),
  }) as RoomObject;
const counts = ({ waiting, left }: AgentQueue) => ({ waiting, left });

test('left questions are counted apart from those that wait, and so are those that are not listed', () => {
  const queue = new AgentQueue(() => true);
  queue.replace([room('b', 2, true), room('a', 1), room('c', 3)], {});
  expect(queue.rooms.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(counts(queue)).toEqual({ waiting: 2, left: 1 });
  queue.replace([room('a', 1), room('b', 2, true)], { waiting: 151, left: 312 });
  expect(counts(queue)).toEqual({ waiting: 151, left: 312 });
  queue.remove('b');
  queue.add(room('d', 4));
  expect(counts(queue)).toEqual({ waiting: 152, left: 311 });
});

test('a left question whose customer is back waits', () => {
  const queue = new AgentQueue(() => true);
  queue.replace([room('a', 1, true)], {});
  queue.remove('a');
  queue.add(room('a', 1));
  expect(counts(queue)).toEqual({ waiting: 1, left: 0 });
});

test('what is malformed, no longer waits or is older than what is known stays out', () => {
  const queue = new AgentQueue(({ id }) => id !== 'old');
  const rooms = [null, {}, room('old', 1), { ...room('taken', 1), status: 'active' }, room('a', 1)];
  queue.replace(rooms as RoomObject[], {});
  expect(queue.rooms.map(({ id }) => id)).toEqual(['a']);
});
