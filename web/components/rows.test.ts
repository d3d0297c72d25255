import { expect, test } from 'vitest';
import type { Item } from '../client/room/state';
import { pastRows, threadRows } from './rows';

const noon = new Date(2026, 10, 24, 12).getTime();
const minute = 60_000;

function item(minutes: number, from: Item['from'], more: Partial<Item> = {}): Item {
  return { key: `${from}${minutes}`, from, text: 'x', at: noon + minutes * minute, room: 'r', ...more };
}

test('texts of one person within three minutes form a group', () => {
  const kinds = threadRows(
    [item(0, 'customer'), item(1, 'customer'), item(9, 'customer'), item(10, 'agent')],
    noon,
  );
  expect(kinds.map((row) => row.kind === 'text' && [row.first, row.last])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test('another agent, another room or a system event begins a new group', () => {
  const items = [
    item(0, 'agent', { by: 'A' }),
    item(1, 'agent', { by: 'B' }),
    item(2, 'system', { event: 'released' }),
    item(3, 'agent', { by: 'B' }),
    item(4, 'agent', { by: 'B', room: 's' }),
  ];
  expect(threadRows(items, noon).map((row) => row.kind === 'text' && row.first && row.last)).toEqual([
    true,
    true,
    false,
    true,
    true,
  ]);
});

test('each day has one heading, also across past and current chats', () => {
  const items = [item(0, 'customer'), item(24 * 60, 'customer'), item(24 * 60 + 1, 'agent')];
  expect(threadRows(items).map(({ kind }) => kind)).toEqual(['day', 'text', 'day', 'text', 'text']);
  expect(threadRows(items, noon - minute).map(({ kind }) => kind)).toEqual(['text', 'day', 'text', 'text']);
});

test('each past chat has a heading with its day and agent', () => {
  const items = [
    item(0, 'customer', { room: 'a' }),
    item(1, 'agent', { room: 'a', by: 'Hana' }),
    item(2, 'customer', { room: 'b' }),
    item(24 * 60, 'system', { room: 'b', event: 'ended' }),
  ];
  expect(pastRows(items).map((row) => [row.kind, row.kind === 'chat' && row.by])).toEqual([
    ['chat', 'Hana'],
    ['text', false],
    ['text', false],
    ['chat', undefined],
    ['text', false],
    ['day', false],
    ['event', false],
  ]);
  expect(pastRows([])).toEqual([]);
});
