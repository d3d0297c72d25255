import { expect, test } from 'vitest';
import type { EndedRoom } from '../../shared/protocol';
import { textIn } from '../../ui/text';
import { when } from '../csv';
import { words } from '../words';
import { head, row } from './csv';

const room = {
  id: 'R1',
  created: 0,
  ended: 90_000,
  customer: { id: 'c', name: 'Kim, "Mina"', online: false },
  topic: 'two\nlines',
  agents: [
    { id: 'a_1', name: 'Hana' },
    { id: 'a_2', name: 'Ben' },
  ],
  reason: 'idle',
  waited: 1_400,
  talked: 88_600,
  rating: { score: 4, comment: '=HYPERLINK("x")' },
  site: 'tea',
} as EndedRoom;

test('a row is quoted where it must be, and no formula', () => {
  const text = textIn('en', words);
  expect(row(room, text)).toBe(
    `R1,${when(0)},${when(90_000)},"Kim, ""Mina""","two\nlines","Hana, Ben",${text.t('idle')},1,89,4,"'=HYPERLINK(""x"")",tea\r\n`,
  );
});

test('what is not known stays empty', () => {
  const { ended: _, rating: _r, topic: _o, site: _s, ...bare } = room;
  expect(
    row({ ...bare, agents: [], customer: { id: 'v', online: false } } as EndedRoom, textIn('en', words)),
  ).toBe(`R1,${when(0)},,,,,${textIn('en', words).t('idle')},1,89,,,\r\n`);
});

test.each(['en', 'ko'] as const)('the head names as many columns as a row has, in %s', (lang) => {
  const text = textIn(lang, words);
  expect(head(text)).toMatch(/^\uFEFF[^"]+\r\n$/);
  expect(head(text).split(',')).toHaveLength(12);
  expect(
    row(
      { ...room, customer: { ...room.customer, name: 'x' }, topic: '', agents: [], rating: { score: 1 } },
      text,
    ).split(','),
  ).toHaveLength(12);
});

test('a time says where it is', () => {
  const at = Date.UTC(2026, 10, 26, 12, 30, 5);
  expect(new Date(when(at)).getTime()).toBe(at);
});
