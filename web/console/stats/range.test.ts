import { expect, test, vi } from 'vitest';
import { addDays, dayCount } from '../time/days';
import {
  bucketsOf,
  comparedDays,
  HOUR,
  previousDays,
  previousSpan,
  queryOf,
  rangeOf,
  spanOf,
  unitOf,
} from './range';

const query = (text: string) => new URLSearchParams(text);
const noon = () => new Date(2026, 10, 26, 12, 20);

test.each([
  ['', '2026-11-20', '2026-11-26', 'day'],
  ['range=today', '2026-11-26', '2026-11-26', 'hour'],
  ['range=days30', '2026-10-28', '2026-11-26', 'day'],
  ['range=month', '2026-11-01', '2026-11-26', 'day'],
  ['range=lastMonth', '2026-10-01', '2026-10-31', 'day'],
  ['from=2026-11-25&to=2026-11-26', '2026-11-25', '2026-11-26', 'hour'],
  ['from=2025-11-27&to=2026-11-26', '2025-11-27', '2026-11-26', 'month'],
  ['from=2001-01-01&to=2026-11-26', '2023-11-28', '2026-11-26', 'month'], // three years at most
  ['from=2026-11-26&to=2026-11-25', '2026-11-20', '2026-11-26', 'day'], // in the wrong order
  ['from=soon&to=later', '2026-11-20', '2026-11-26', 'day'],
  ['from=0002-11-05&to=2026-11-26', '2026-11-20', '2026-11-26', 'day'], // an incomplete year
])('%s', (text, from, to, unit) => {
  const range = rangeOf(query(text), noon());
  expect(range).toMatchObject({ from, to });
  expect(unitOf(range)).toBe(unit);
});

test.each(['range=month&agent=a_1', 'from=2026-11-01&to=2026-11-03'])(
  '%s is the same in an address',
  (text) => {
    expect(queryOf(rangeOf(query(text), noon())).toString()).toBe(text);
  },
);

test('the previous period has as many days', () => {
  const range = rangeOf(query('range=week'), noon());
  expect(previousDays(range)).toMatchObject({ from: '2026-11-13', to: '2026-11-19' });
});

test('a current range is compared up to the same moment', () => {
  const today = rangeOf(query('range=today'), noon());
  const midnight = new Date(2026, 10, 25).getTime();
  expect(previousSpan(today, noon())).toEqual({ from: midnight, to: midnight + 13 * HOUR });
  const over = rangeOf(query('range=lastMonth'), noon());
  expect(previousSpan(over, noon())).toEqual(spanOf(previousDays(over)));
  expect(comparedDays(over, noon())).toEqual({ from: '2026-08-31', to: '2026-09-30' });
  const ahead = { from: '2027-01-01', to: '2027-01-02' };
  expect(previousSpan(ahead, noon())).toEqual(spanOf(previousDays(ahead)));
});

/** Days on which summer time begins or ends; Seoul has none. */
const zones = [
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['Asia/Seoul', '2026-10-25', 24],
] as const;

test.each(zones)('in %s %s is one day of %i hours', (zone, day, hours) => {
  vi.stubEnv('TZ', zone);
  const one = { from: day, to: day };
  const { from, to } = spanOf(one);
  expect((to - from) / HOUR).toBe(hours);
  expect(bucketsOf(one)).toHaveLength(hours);
  const around = { from: addDays(day, -3), to: addDays(day, 3) };
  expect(dayCount(around.from, around.to)).toBe(7);
  const days = bucketsOf(around);
  expect(days).toHaveLength(7);
  expect(days[3]).toEqual({ from, to, days: { from: day, to: day } });
  expect(days.every(({ from: at }) => new Date(at).getHours() === 0)).toBe(true);
  expect(previousDays(around)).toEqual({ from: addDays(day, -10), to: addDays(day, -4) });
});

test('months begin on their first day, except the first of the range', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const starts = bucketsOf({ from: '2026-01-15', to: '2026-05-02' }).map(({ from }) => new Date(from));
  expect(starts.map((it) => [it.getMonth(), it.getDate(), it.getHours()])).toEqual([
    [0, 15, 0],
    [1, 1, 0],
    [2, 1, 0],
    [3, 1, 0],
    [4, 1, 0],
  ]);
});

test('a period ends on its last day, also if the first hour of the next one counts in it', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  const range = { from: '2026-11-20', to: '2026-11-26' };
  const evening = new Date(2026, 10, 25, 23, 50);
  expect(comparedDays(range, evening)).toEqual({ from: '2026-11-13', to: '2026-11-18' });
  expect(comparedDays(range, new Date(2026, 11, 9))).toEqual({ from: '2026-11-13', to: '2026-11-19' });
});

test('if the zone has no whole hours, an hour counts in the day in which it begins', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  const { from, to } = spanOf({ from: '2026-11-26', to: '2026-11-26' });
  expect(from).toBe(Date.UTC(2026, 10, 25, 19)); // 0:30 there
  expect((to - from) / HOUR).toBe(24);
});
