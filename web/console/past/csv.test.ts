import { expect, test } from 'vitest';
import type { EndedRoom, Message } from '../../client/wire/protocol';
import { translation } from '../../components/translation';
import { localTime } from '../export/csv';
import { validZone } from '../time/zone';
import { words } from '../words';
import { csvHeader, csvRow } from './csv';

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
  email: 'mina@mail.example',
} as EndedRoom;

const text = translation('en', words);
const said: Message[] = [
  { seq: 1, from: 'customer', text: 'Hello', at: 1_000 },
  { seq: 2, from: 'agent', by: 'Hana', text: 'Good day\n=1+1', at: 2_000 },
];

test('cells are quoted where needed, and are no formulas', () => {
  const [began, ended] = [localTime(0), localTime(90_000)];
  expect(csvRow(room, text)).toBe(
    `R1,${began},${ended},"Kim, ""Mina""",mina@mail.example,"two\nlines","Hana, Ben",${text.t('idle')},1,89,4,"'=HYPERLINK(""x"")",tea\r\n`,
  );
});

test('unknown values are empty', () => {
  const { ended: _, rating: _r, topic: _o, site: _s, email: _e, ...bare } = room;
  expect(csvRow({ ...bare, agents: [], customer: { id: 'v', online: false } } as EndedRoom, text)).toBe(
    `R1,${localTime(0)},,,,,,${text.t('idle')},1,89,,,\r\n`,
  );
});

test('the messages are in the last cell, and continue in further cells if they are too long', () => {
  const lines = `${localTime(1_000)} Customer: Hello\n${localTime(2_000)} Hana: Good day\n'=1+1`;
  expect(csvRow(room, text, said)).toBe(`${csvRow(room, text).trimEnd()},"${lines}"\r\n`);
  const long = Array.from({ length: 20 }, (_, i) => ({ ...said[0]!, text: `${i}`.padEnd(4000, 'x') }));
  const cells = csvRow(room, text, long)
    .slice(csvRow(room, text).trimEnd().length + 1)
    .trimEnd()
    .split('","');
  expect(cells.map((it) => it.length).every((length) => length < 32_767)).toBe(true);
  expect(cells.join('\n').match(/Customer: /g)).toHaveLength(20);
});

test.each(['en', 'ko'] as const)('the heading has as many columns as a row, in %s', (lang) => {
  const text = translation(lang, words);
  expect(csvHeader(text, false)).toMatch(/^\uFEFF[^"]+\r\n$/);
  const bare = {
    ...room,
    customer: { ...room.customer, name: 'x' },
    topic: '',
    agents: [],
    rating: { score: 1 },
  };
  expect(csvHeader(text, false).split(',')).toHaveLength(13);
  expect(csvRow(bare, text).split(',')).toHaveLength(13);
  expect(csvHeader(text, true).split(',')).toHaveLength(14);
  expect(csvRow(bare, text, said).split(',')).toHaveLength(14);
});

test('the headings of times have the zone', () => {
  expect(csvHeader(text, false).split(',')[1]).toBe(`${text.t('started')} (${validZone()})`);
});

test('ids and topics of digits are not changed', () => {
  expect(csvRow({ ...room, id: '01234567890E1', topic: '0042' }, text)).toMatch(/^'01234567890E1,.*,'0042,/);
});
