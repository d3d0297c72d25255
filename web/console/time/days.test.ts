import { expect, test, vi } from 'vitest';
import { addDays, dayCount, dayOf, midnight } from './days';

// The same cases as for the server (internal/stats/day_test.go).
test.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/Santiago', '2026-09-06', 23],
  ['America/Santiago', '2026-04-04', 25],
  ['Africa/Cairo', '2026-04-24', 23],
  ['America/Havana', '2026-03-08', 23],
  ['America/Havana', '2026-11-01', 25],
  ['Asia/Amman', '2021-10-29', 25],
  ['Asia/Kolkata', '2026-11-01', 24],
])('in %s %s begins with its first moment and has %i hours', (zone, day, hours) => {
  vi.stubEnv('TZ', zone);
  const [from, to] = [midnight(day), midnight(day, 1)];
  expect(to - from).toBe(hours * 3_600_000);
  expect([from - 1, from, to - 1, to].map((at) => dayOf(new Date(at)))).toEqual([
    addDays(day, -1),
    day,
    day,
    addDays(day, 1),
  ]);
  expect(dayCount(addDays(day, -1), addDays(day, 1))).toBe(3);
});
