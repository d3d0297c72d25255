import { expect, test } from 'vitest';
import { formatMoment } from './moment';

const at = (text: string) => Date.parse(`${text}Z`);
const now = at('2026-11-30T20:00');

test.each([
  ['2026-11-30T18:02', '6:02 PM', ''],
  ['2026-11-29T18:02', 'yesterday 6:02 PM', '어제'],
  ['2026-12-01T09:00', 'tomorrow 9:00 AM', '내일'],
  ['2026-11-27T18:02', 'Fri 6:02 PM', '(금)'],
  ['2026-11-20T18:02', 'Nov 20, 6:02 PM', '11월 20일'],
  ['2026-12-24T09:00', 'Dec 24, 9:00 AM', '12월 24일'],
])('%s', (moment, en, ko) => {
  expect(formatMoment(at(moment), now, 'en', 'UTC').replaceAll('\u202f', ' ')).toBe(en);
  expect(formatMoment(at(moment), now, 'ko', 'UTC')).toContain(ko);
});

test('days and times are those of the zone', () => {
  expect(formatMoment(now, at('2026-11-30T10:00'), 'en', 'Asia/Seoul').replaceAll('\u202f', ' ')).toBe(
    'tomorrow 5:00 AM',
  );
});
