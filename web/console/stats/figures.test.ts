import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { Figures } from '../../client/wire/protocol';
import { byWeekHour, DAY_HOURS, fillBuckets, mean, noFigures } from './figures';
import { bucketsOf, HOUR } from './range';

const row = (at: number, started: number): Figures => ({
  ...noFigures(at),
  started,
  answered: started,
  waitOpen: { n: started, sum: 1000 * started, p50: 1000, p90: 1000, p99: 1000 },
});

/** Four days of two to five chats, as the server sends them: TestDaysOnTheWire. */
const serverDays: Record<string, Figures[]> = JSON.parse(
  readFileSync(new URL('../../../internal/gateway/testdata/days.golden', import.meta.url), 'utf8'),
);

/** A browser's zone data may differ from the server's: here Casablanca's day begins an hour earlier in the browser. */
test.each([...Object.keys(serverDays).map((zone) => [zone, zone]), ['Africa/Casablanca', 'Etc/GMT-1']])(
  'the days of %s have their own figures in a browser in %s',
  (zone, browser) => {
    vi.stubEnv('TZ', browser);
    const buckets = bucketsOf({ from: '2026-11-09', to: '2026-11-14' });
    const series = fillBuckets(buckets, serverDays[zone] ?? []);
    expect(series.map(({ started }) => started)).toEqual([0, 2, 3, 4, 5, 0]);
  },
);

test('hours are matched by time; hours outside the range are left out', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  const buckets = bucketsOf({ from: '2026-11-05', to: '2026-11-06' });
  const [first, last] = [buckets[0]!.from, buckets.at(-1)!.to];
  expect(first % HOUR).toBe(0);
  const series = fillBuckets(buckets, [
    row(first - HOUR, 1),
    row(first + HOUR, 3),
    row(last - HOUR, 2),
    row(last, 4),
  ]);
  expect(series).toHaveLength(48);
  expect(series.flatMap(({ started }, i) => (started ? [[i, started]] : []))).toEqual([
    [1, 3],
    [47, 2],
  ]);
});

test('without values there is no mean', () => {
  expect(mean({ n: 0, sum: 0, p50: 0, p90: 0, p99: 0 })).toBeUndefined();
  expect(mean({ n: 4, sum: 10, p50: 2, p90: 4, p99: 4 })).toBe(2.5);
});

/** One chat in each hour of a week in which the clocks change. */
test.each([
  ['America/New_York', '2026-11-01', 2],
  ['America/New_York', '2026-03-08', 0],
  ['Europe/Berlin', '2026-10-25', 2],
  ['Asia/Seoul', '2026-10-25', 1],
])('in %s, %s, the hour of the change has %i chats', (zone, day, chats) => {
  vi.stubEnv('TZ', zone);
  const changed = zone === 'Europe/Berlin' ? 2 : day === '2026-03-08' ? 2 : 1;
  const hours = Array.from(
    { length: 7 },
    (_, i) => `${day.slice(0, 8)}${`${+day.slice(8) + i}`.padStart(2, '0')}`,
  )
    .flatMap((it) => bucketsOf({ from: it, to: it }))
    .map(({ from }) => row(from, 1));
  const cells = byWeekHour(hours);
  const sunday = cells.slice(6 * DAY_HOURS);
  expect(sunday[changed]?.started).toBe(chats);
  expect(sunday.reduce((sum, it) => sum + it.started, 0)).toBe(23 + chats);
  const others = cells.slice(0, 6 * DAY_HOURS);
  expect(others.every(({ started, answered, waitSum }) => started + answered + waitSum === 1002)).toBe(true);
});
