import type { StatsSpan } from '../../client/wire/protocol';
import { addDays, dayCount, dayOf, isDay, midnight } from '../time/days';

/** What the dashboard shows. Days are the reader's own, both of them included. */
export interface Range {
  preset: Preset | 'custom';
  from: string;
  to: string;
  /** Empty: everybody's, or an agent's own. */
  agent: string;
}

/** ms, `to` left out. */
export interface Span {
  from: number;
  to: number;
}

/** What one point of a chart is of. */
export type Unit = 'hour' | 'day' | 'month';

/** A bucket, and the days that it has or lies in. They are dates, since the server may differ on when a day begins. */
export interface Bucket extends Span {
  days: Days;
}

export const PRESETS = ['today', 'week', 'days30', 'month', 'lastMonth'] as const;
export type Preset = (typeof PRESETS)[number];

export const HOUR = 3_600_000;
const MAX_HOURLY_DAYS = 2;
/** As many days as the server tells by hour; longer ranges are drawn by month. */
export const MAX_DAILY_DAYS = 100;
/** The server tells of three years at most. */
const MAX_DAYS = 3 * 365;

/** Both included. */
export type Days = Pick<Range, 'from' | 'to'>;

/** The days of a preset, as of now. */
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

/** The range in an address; the last seven days at first. */
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

/** A preset moves on with the days; chosen days stay. */
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

/** Whole hours, in which figures are kept: one counts in the day in which it begins. */
const wholeHour = (at: number) => Math.ceil(at / HOUR) * HOUR;

export const spanOf = ({ from, to }: Days): Span => ({
  from: wholeHour(midnight(from)),
  to: wholeHour(midnight(to, 1)),
});

/** As many days, right before. */
export function previousDays<T extends Days>(range: T): T {
  const days = dayCount(range.from, range.to);
  return { ...range, from: addDays(range.from, -days), to: addDays(range.from, -1) };
}

/** What to compare with: of a range that still runs, the period before as far as this one has come. */
export function previousSpan(range: Days, now: Date): Span {
  const { from, to } = spanOf(previousDays(range));
  const days = dayCount(range.from, range.to);
  const then = new Date(now);
  then.setDate(then.getDate() - days);
  return { from, to: then.getTime() > from ? Math.min(to, wholeHour(then.getTime())) : to };
}

/** The days that it is compared with. */
export function comparedDays(range: Days, now: Date): Days {
  const { from, to } = previousDays(range);
  const today = addDays(dayOf(now), -dayCount(range.from, range.to));
  return { from, to: from <= today && today < to ? today : to };
}

/** A range as it is requested: by time if the buckets are hours, else by the dates of its days. */
export const statsSpan = (range: Days, days: Days): StatsSpan =>
  unitOf(range) === 'hour' ? spanOf(days) : { firstDay: days.from, lastDay: days.to };

/** The period to compare with, as it is requested. */
export function previousStatsSpan(range: Days, now: Date): StatsSpan {
  const days = previousDays(range);
  const { from, to } = previousSpan(range, now);
  if (to === spanOf(days).to) return statsSpan(range, days);
  return unitOf(range) === 'hour' ? { from, to } : { firstDay: days.from, to };
}

/** The hours, days or months of a range, in order. */
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
