import { expect, test } from 'vitest';
import { translation } from '../../components/translation';
import { words } from '../words';
import { difference } from './difference';
import { en } from './en';
import { ko } from './ko';
import { formatValue, type Sheet, sheetCsv } from './sheet';

const text = translation('en', { en: { ...words.en, ...en }, ko: { ...words.ko, ...ko } });

const sheet: Sheet = {
  title: 'Waiting time',
  rowHeading: 'Day',
  zone: 'Asia/Seoul',
  rows: [{ name: 'Thu, Nov 26', id: { verbatim: '2026-11-26' } }, { name: 'Fri, "Nov" 27' }],
  columns: [
    { name: 'Median', kind: 'time', values: [61_499, undefined] },
    { name: 'Chats', kind: 'count', values: [12, 0] },
    { name: 'Rating', kind: 'score', values: [13 / 3, undefined] },
  ],
};

test('a file has the values of the chart: times in seconds, unknown values empty', () => {
  expect(sheetCsv(sheet, text)).toBe(
    '\uFEFFDay (Asia/Seoul),Median (s),Chats,Rating\r\n2026-11-26,61,12,4.333\r\n"Fri, ""Nov"" 27",,0,\r\n',
  );
});

test('values as text', () => {
  expect(formatValue(undefined, 'time', text)).toBe('–');
  expect(formatValue(61_499, 'time', text)).toBe('1 min 1 s');
  expect(formatValue(1234, 'count', text)).toBe('1,234');
  expect(formatValue(0.0817, 'share', text)).toBe('8.2%');
  expect(formatValue(4.26, 'score', text)).toBe('4.3');
});

test.each([
  [12, 10, 'count', 'either', '2 more', 'same'],
  [8, 10, 'count', 'less', '2 fewer', 'better'],
  [10, 0, 'count', 'less', '10 more', 'worse'],
  [10, 10, 'count', 'less', 'No change', 'same'],
  [90_000, 60_000, 'time', 'less', '30 s longer', 'worse'],
  [60_000, 60_400, 'time', 'less', 'No change', 'same'],
  [4.5, 4.2, 'score', 'more', '0.3 higher', 'better'],
  [4.2, 4.5, 'score', 'more', '0.3 lower', 'worse'],
] as const)('%d after %d of %s', (now, before, kind, wish, said, tone) => {
  const found = difference(now, before, kind, wish, text);
  expect(found).toMatchObject({ words: said, tone });
  expect(found?.arrow).toBe(now === before || said === 'No change' ? '=' : now > before ? '▲' : '▼');
});

test('unknown values are not compared', () => {
  expect(difference(undefined, 1, 'time', 'less', text)).toBeUndefined();
  expect(difference(1, undefined, 'time', 'less', text)).toBeUndefined();
});
