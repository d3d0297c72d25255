import { expect, test } from 'vitest';
import { drawnRange, MAX_DRAWN } from './drawnRange';

const row = { height: 74, box: 740 };

test.each([
  ['the beginning', { ...row, count: 6_000, above: -7 }, 0, 17],
  ['the middle', { ...row, count: 6_000, above: 74 * 3_000 }, 2_992, 3_018],
  ['the end', { ...row, count: 6_000, above: 74 * 5_990 }, 5_982, 6_000],
  ['a list that has become shorter', { ...row, count: 70, above: 74 * 5_990 }, 68, 70],
  ['one row', { ...row, count: 1, above: 0 }, 0, 1],
])('%s: the visible rows and a few around them', (_, measured, from, to) => {
  expect(drawnRange(measured)).toEqual({ from, to });
});

test('however high the window, and wherever it is, few of 6,000 rows are drawn', () => {
  for (const box of [100, 1_000, 10_000, 444_000])
    for (let above = -100; above <= 444_000; above += 997) {
      const { from, to } = drawnRange({ count: 6_000, height: 74, above, box }) ?? { from: 0, to: 6_000 };
      expect(to - from).toBeGreaterThanOrEqual(2);
      expect(to - from).toBeLessThanOrEqual(MAX_DRAWN);
    }
  expect(3 * MAX_DRAWN).toBeLessThanOrEqual(200);
});

test('a list that is hidden keeps its rows', () => {
  expect(drawnRange({ count: 6_000, height: 0, above: 0, box: 0 })).toBeUndefined();
  expect(drawnRange({ count: 6_000, height: 74, above: 0, box: 0 })).toBeUndefined();
});
