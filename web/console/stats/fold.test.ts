import { afterEach, expect, test } from 'vitest';
import type { Figures } from '../../shared/protocol';
import { DAY_HOURS, mean, nothing, seriesOf, weekOf } from './fold';
import { bucketsOf, HOUR } from './range';

const own = process.env.TZ;
afterEach(() => {
  process.env.TZ = own;
});

const row = (at: number, started: number): Figures => ({
  ...nothing(at),
  started,
  answered: started,
  wait: { n: started, sum: 1000 * started, p50: 1000, p90: 1000, p99: 1000 },
});

test.each(['America/New_York', 'Europe/Berlin', 'Asia/Seoul'])('every day has its figures, in %s', (zone) => {
  process.env.TZ = zone;
  const buckets = bucketsOf({ from: '2026-10-20', to: '2026-11-05' });
  const rows = buckets.filter((_, i) => i % 3).map(({ from }, i) => row(from, i + 1));
  const series = seriesOf(buckets, rows);
  expect(series).toHaveLength(17);
  expect(series.map(({ at }) => at)).toEqual(buckets.map(({ from }) => from));
  expect(series.map(({ started }) => started)).toEqual([0, 1, 2, 0, 3, 4, 0, 5, 6, 0, 7, 8, 0, 9, 10, 0, 11]);
});

test('what lies outside the range is left out', () => {
  const buckets = bucketsOf({ from: '2026-11-05', to: '2026-11-06' });
  const [first, last] = [buckets[0]!.from, buckets.at(-1)!.to];
  const series = seriesOf(buckets, [row(first - HOUR, 1), row(last - HOUR, 2), row(last, 4)]);
  expect(series.reduce((sum, { started }) => sum + started, 0)).toBe(2);
});

test('no value has no mean', () => {
  expect(mean({ n: 0, sum: 0, p50: 0, p90: 0, p99: 0 })).toBeUndefined();
  expect(mean({ n: 4, sum: 10, p50: 2, p90: 4, p99: 4 })).toBe(2.5);
});

/** One chat in each hour of a week about a change of summer time. */
test.each([
  ['America/New_York', '2026-11-01', 2],
  ['America/New_York', '2026-03-08', 0],
  ['Europe/Berlin', '2026-10-25', 2],
  ['Asia/Seoul', '2026-10-25', 1],
])('in %s, %s, the hour of the change counts %i', (zone, day, chats) => {
  process.env.TZ = zone;
  const changed = zone === 'Europe/Berlin' ? 2 : day === '2026-03-08' ? 2 : 1;
  const hours = Array.from(
    { length: 7 },
    (_, i) => `${day.slice(0, 8)}${`${+day.slice(8) + i}`.padStart(2, '0')}`,
  )
    .flatMap((it) => bucketsOf({ from: it, to: it }))
    .map(({ from }) => row(from, 1));
  const cells = weekOf(hours);
  const sunday = cells.slice(6 * DAY_HOURS);
  expect(sunday[changed]?.started).toBe(chats);
  expect(sunday.reduce((sum, it) => sum + it.started, 0)).toBe(23 + chats);
  const others = cells.slice(0, 6 * DAY_HOURS);
  expect(others.every(({ started, answered, waitSum }) => started + answered + waitSum === 1002)).toBe(true);
});
