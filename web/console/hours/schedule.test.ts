import { expect, test } from 'vitest';
import type { OpenSpan, Schedule } from '../../client/wire/protocol';
import { ALWAYS, isDate, minutesOf, momentOf, nextOpening, openingAt, spansOn, wallClock } from './schedule';

const spans = (text: string): OpenSpan[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((it) => {
      const [from = '', to = ''] = it.split('-');
      return { from, to };
    });
const shop = (zone: string, weekdays: string, more: Partial<Schedule> = {}): Schedule => ({
  zone,
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? spans(weekdays) : [])),
  ...more,
});
const SEOUL = 'Asia/Seoul';
const BERLIN = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);

test.each([
  ['09:00', 540],
  ['24:00', 1440],
  ['24:01', undefined],
  ['9:00', undefined],
  ['', undefined],
  ['12:60', undefined],
])('%s is %s minutes', (text, minutes) => {
  expect(minutesOf(text)).toBe(minutes);
});

test.each([
  ['2026-12-25', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['0026-01-01', false],
  ['tomorrow', false],
])('%s is a date: %s', (text, is) => {
  expect(isDate(text)).toBe(is);
});

test.each([
  ['an ordinary time', BERLIN, '2026-11-30', 540, '2026-11-30T09:00:00+01:00'],
  ['a time that does not exist: the change', BERLIN, '2026-03-29', 150, '2026-03-29T03:00:00+02:00'],
  ['right after that', BERLIN, '2026-03-29', 180, '2026-03-29T03:00:00+02:00'],
  ['a time that exists twice: the first', BERLIN, '2026-10-25', 150, '2026-10-25T02:30:00+02:00'],
  ['after that', BERLIN, '2026-10-25', 180, '2026-10-25T03:00:00+01:00'],
  ['a midnight that does not exist', 'America/Santiago', '2026-09-06', 0, '2026-09-06T01:00:00-03:00'],
  ['an offset of half an hour', 'Asia/Kolkata', '2026-11-30', 0, '2026-11-30T00:00:00+05:30'],
  ['a zone far ahead', 'Pacific/Kiritimati', '2026-11-30', 1439, '2026-11-30T23:59:00+14:00'],
])('%s', (_, zone, date, minutes, moment) => {
  expect(new Date(momentOf(zone, date, minutes)).toISOString()).toBe(new Date(moment).toISOString());
});

test('an unknown zone throws', () => {
  expect(() => wallClock('Mars/Base', 0)).toThrow(RangeError);
});

const lunch = shop(SEOUL, '09:00-12:00 13:00-18:00', {
  exceptions: [
    { date: '2026-12-25', open: [] },
    { date: '2026-12-26', open: spans('10:00-12:00') },
  ],
});

test.each([
  ['before it opens', lunch, '2026-11-30T08:59:00+09:00', false, '2026-11-30T09:00:00+09:00'],
  ['at its first moment', lunch, '2026-11-30T09:00:00+09:00', true, '2026-11-30T12:00:00+09:00'],
  ['at its last', lunch, '2026-11-30T12:00:00+09:00', false, '2026-11-30T13:00:00+09:00'],
  ['over the weekend', lunch, '2026-12-04T18:00:00+09:00', false, '2026-12-07T09:00:00+09:00'],
  ['over a holiday', lunch, '2026-12-24T20:00:00+09:00', false, '2026-12-26T10:00:00+09:00'],
  [
    'over midnight it stays open',
    shop(SEOUL, '00:00-02:00 20:00-24:00'),
    '2026-11-30T21:00:00+09:00',
    true,
    '2026-12-01T02:00:00+09:00',
  ],
  ['never open', shop(SEOUL, ''), '2026-11-30T21:00:00+09:00', false, undefined],
  ['always open', { zone: SEOUL, week: ALWAYS }, '2026-11-30T21:00:00+09:00', true, undefined],
  [
    'an hour that does not exist',
    shop(BERLIN, '', { exceptions: [{ date: '2026-03-29', open: spans('02:00-02:30') }] }),
    '2026-03-29T00:00:00+01:00',
    false,
    undefined,
  ],
  [
    'closed by hand until it is opened again',
    { ...lunch, closed: {} },
    '2026-11-30T10:00:00+09:00',
    false,
    undefined,
  ],
  [
    'closed by hand until a time when it is open',
    { ...lunch, closed: { until: at('2026-11-30T11:00:00+09:00') } },
    '2026-11-30T10:00:00+09:00',
    false,
    '2026-11-30T11:00:00+09:00',
  ],
  [
    'closed by hand until a time when it is not',
    { ...lunch, closed: { until: at('2026-11-30T12:30:00+09:00') } },
    '2026-11-30T10:00:00+09:00',
    false,
    '2026-11-30T13:00:00+09:00',
  ],
  [
    'no longer closed by hand',
    { ...lunch, closed: { until: at('2026-11-30T10:00:00+09:00') } },
    '2026-11-30T10:00:00+09:00',
    true,
    '2026-11-30T12:00:00+09:00',
  ],
] satisfies [string, Schedule, string, boolean, string | undefined][])(
  '%s',
  (_, schedule, now, open, until) => {
    const opening = openingAt(schedule, at(now));
    expect(opening.open).toBe(open);
    expect(opening.until && new Date(opening.until).toISOString()).toBe(
      until && new Date(until).toISOString(),
    );
  },
);

test('the next opening comes after the present one has ended', () => {
  const now = at('2026-11-30T17:00:00+09:00');
  expect(nextOpening(lunch, now)).toBe(at('2026-12-01T09:00:00+09:00'));
  expect(nextOpening({ zone: SEOUL, week: ALWAYS }, now)).toBeUndefined();
});

test('the spans of a date are in order, and an exception replaces them', () => {
  const schedule = shop(SEOUL, '13:00-18:00 09:00-12:00', { exceptions: [{ date: '2026-12-25', open: [] }] });
  expect(spansOn(schedule, '2026-12-24')).toEqual({
    spans: spans('09:00-12:00 13:00-18:00'),
    special: false,
  });
  expect(spansOn(schedule, '2026-12-25')).toEqual({ spans: [], special: true });
});
