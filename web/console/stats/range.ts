import type { StatsSpan } from '../../client/wire/protocol';
import { addDays, dayCount, dayOf, isDay, midnight } from '../time/days';

/** The dashboard's period. Days are local, YYYY-MM-DD, both included. */
export interface Range {
  preset: Preset | 'custom';
  from: string;
  to: string;
  /** An agent's id. Empty: all agents for an admin, else the agent's own figures. */
  agent: string;
}

/** ms since the epoch, `to` excluded. */
export interface Span {
  from: number;
  to: number;
}

/** The length of a chart's buckets. */
export type Unit = 'hour' | 'day' | 'month';

/** A bucket, and the days it covers or lies in, as dates: server and browser may disagree on when a day begins. */
export interface Bucket extends Span {
  days: Days;
}

export const PRESETS = ['today', 'week', 'days30', 'month', 'lastMonth'] as const;
export type Preset = (typeof PRESETS)[number];

export const HOUR = 3_600_000;
const MAX_HOURLY_DAYS = 2;
/** The longest range that the server reports by hour, in days. Longer ones are drawn by month. */
export const MAX_DAILY_DAYS = 100;
/** The longest range that the server reports. */
const MAX_DAYS = 3 * 365;

/** Both included. */
export type Days = Pick<Range, 'from' | 'to'>;

/** The days of a preset at this time. */
function presetDays(preset: Preset, now: Date): Days {
  const to = dayOf(now);
  const first = (month: number) => dayOf(new Date(now.getFullYear(), now.getMonth() + month, 1));
  switch (preset) {
    case 'today':
      return { from: to, to };
    case 'week':
      return { from: addDays(to, -6), to };
    case 'days30':
      return { from: addDays(to, -29), to };
    case 'month':
      return { from: first(0), to };
    case 'lastMonth':
      return { from: first(-1), to: addDays(first(0), -1) };
  }
}

/** Reads the range from an address; the last seven days by default. */
export function rangeOf(query: URLSearchParams, now: Date): Range {
  const agent = query.get('agent') ?? '';
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (isDay(from) && isDay(to) && from <= to) {
    const tooLong = dayCount(from, to) > MAX_DAYS;
    return { preset: 'custom', from: tooLong ? addDays(to, 1 - MAX_DAYS) : from, to, agent };
  }
  const preset = PRESETS.find((it) => it === query.get('range')) ?? 'week';
  return { preset, ...presetDays(preset, now), agent };
}

/** A preset is written by name, so it moves on with the days; chosen days are written out. */
export function queryOf({ preset, from, to, agent }: Range): URLSearchParams {
  return new URLSearchParams({
    ...(preset === 'custom' ? { from, to } : { range: preset }),
    ...(agent && { agent }),
  });
}

export function unitOf({ from, to }: Days): Unit {
  const days = dayCount(from, to);
  if (days <= MAX_HOURLY_DAYS) return 'hour';
  return days <= MAX_DAILY_DAYS ? 'day' : 'month';
}

/** Figures are stored by whole hour; an hour counts in the day in which it begins. */
const wholeHour = (at: number) => Math.ceil(at / HOUR) * HOUR;

export const spanOf = ({ from, to }: Days): Span => ({
  from: wholeHour(midnight(from)),
  to: wholeHour(midnight(to, 1)),
});

/** The same number of days right before. */
export function previousDays<T extends Days>(range: T): T {
  const days = dayCount(range.from, range.to);
  return { ...range, from: addDays(range.from, -days), to: addDays(range.from, -1) };
}

/** The span to compare with: the previous period, cut off at the same point if this one is not over. */
export function previousSpan(range: Days, now: Date): Span {
  const { from, to } = spanOf(previousDays(range));
  const days = dayCount(range.from, range.to);
  const sameTimeBefore = new Date(now);
  sameTimeBefore.setDate(sameTimeBefore.getDate() - days);
  return {
    from,
    to: sameTimeBefore.getTime() > from ? Math.min(to, wholeHour(sameTimeBefore.getTime())) : to,
  };
}

/** The same as days. */
export function comparedDays(range: Days, now: Date): Days {
  const { from, to } = previousDays(range);
  const today = addDays(dayOf(now), -dayCount(range.from, range.to));
  return { from, to: from <= today && today < to ? today : to };
}

/** The request for a range: by time if the buckets are hours, else by date. */
export const statsSpan = (range: Days, days: Days): StatsSpan =>
  unitOf(range) === 'hour' ? spanOf(days) : { firstDay: days.from, lastDay: days.to };

/** The request for the period to compare with. */
export function previousStatsSpan(range: Days, now: Date): StatsSpan {
  const days = previousDays(range);
  const { from, to } = previousSpan(range, now);
  if (to === spanOf(days).to) return statsSpan(range, days);
  return unitOf(range) === 'hour' ? { from, to } : { firstDay: days.from, to };
}

/** The buckets of a range, oldest first. */
export function bucketsOf(range: Days): Bucket[] {
  const unit = unitOf(range);
  if (unit === 'hour') return hourBuckets(range);
  const buckets: Bucket[] = [];
  for (let from = range.from, next: string; from <= range.to; from = next) {
    next = unit === 'day' ? addDays(from, 1) : nextMonth(from);
    const days = { from, to: next > range.to ? range.to : addDays(next, -1) };
    buckets.push({ ...spanOf(days), days });
  }
  return buckets;
}

function hourBuckets(range: Days): Bucket[] {
  const { from, to } = spanOf(range);
  return Array.from({ length: (to - from) / HOUR }, (_, i) => {
    const day = dayOf(new Date(from + i * HOUR));
    return { from: from + i * HOUR, to: from + (i + 1) * HOUR, days: { from: day, to: day } };
  });
}

function nextMonth(day: string): string {
  const at = new Date(midnight(day));
  return dayOf(new Date(at.getFullYear(), at.getMonth() + 1, 1));
}
