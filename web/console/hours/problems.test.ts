import { expect, test } from 'vitest';
import type { OpenSpan, Schedule } from '../../client/wire/protocol';
import { problemsOf } from './problems';

const span = (from: string, to: string): OpenSpan => ({ from, to });
const week = (monday: OpenSpan[]) => [monday, [], [], [], [], [], []];
const good: Schedule = { zone: 'Asia/Seoul', week: week([span('09:00', '12:00'), span('12:00', '24:00')]) };

test('a good schedule has no problems', () => {
  expect(problemsOf(good)).toEqual({});
  expect(problemsOf({ ...good, exceptions: [{ date: '2026-12-25', open: [] }] })).toEqual({});
});

test.each([
  ['an unknown zone', { ...good, zone: 'Asia/Nowhere' }, { zone: 'hoursZoneUnknown' }],
  ['no zone', { ...good, zone: '' }, { zone: 'hoursZoneUnknown' }],
  ['an offset', { ...good, zone: '+09:00' }, { zone: 'hoursZoneUnknown' }],
  ['no time', { ...good, week: week([span('09:00', '')]) }, { 'week.0.0': 'hoursTimeMissing' }],
  [
    'an end before its begin',
    { ...good, week: week([span('18:00', '09:00')]) },
    { 'week.0.0': 'hoursEndFirst' },
  ],
  ['an end at its begin', { ...good, week: week([span('09:00', '09:00')]) }, { 'week.0.0': 'hoursEndFirst' }],
  [
    'an overlap, in whatever order',
    { ...good, week: week([span('13:00', '18:00'), span('09:00', '13:30')]) },
    { 'week.0.1': 'hoursOverlap' },
  ],
  [
    'too many spans',
    { ...good, week: week(Array.from({ length: 9 }, (_, i) => span(`0${i}:00`, `0${i}:30`))) },
    { 'week.0': 'hoursTooMany' },
  ],
  [
    'a date that is none',
    { ...good, exceptions: [{ date: '2026-02-30', open: [] }] },
    { 'exceptions.0.date': 'hoursDateMissing' },
  ],
  [
    'a date twice, and its hours',
    {
      ...good,
      exceptions: [
        { date: '2026-12-25', open: [] },
        { date: '2026-12-25', open: [span('10:00', '09:00')] },
      ],
    },
    { 'exceptions.1.date': 'hoursDateTwice', 'exceptions.1.0': 'hoursEndFirst' },
  ],
  [
    'too many dates',
    {
      ...good,
      exceptions: Array.from({ length: 201 }, (_, i) => ({
        date: new Date(Date.UTC(2026, 0, i + 1)).toISOString().slice(0, 10),
        open: [],
      })),
    },
    { exceptions: 'hoursTooManyDates' },
  ],
] satisfies [string, Schedule, object][])('%s', (_, schedule, found) => {
  expect(problemsOf(schedule)).toEqual(found);
});
