import { dayAfter, dayIn, daysIn, isDay, midnight } from '../days';

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

export const presets = ['today', 'week', 'days30', 'month', 'lastMonth'] as const;
export type Preset = (typeof presets)[number];

export const HOUR = 3_600_000;
const HOURLY_DAYS = 2;
/** As many days as the server tells by hour; longer ranges are drawn by month. */
export const MOST_DAILY = 100;
/** The server tells of three years at most. */
const MOST_DAYS = 3 * 365;

type Days = Pick<Range, 'from' | 'to'>;

/** The days of a preset, as of now. */
function daysOf(preset: Preset, now: Date): Days {
  const to = dayIn(now);
  const first = (month: number) => dayIn(new Date(now.getFullYear(), now.getMonth() + month, 1));
  switch (preset) {
    case 'today':
      return { from: to, to };
    case 'week':
      return { from: dayAfter(to, -6), to };
    case 'days30':
      return { from: dayAfter(to, -29), to };
    case 'month':
      return { from: first(0), to };
    case 'lastMonth':
      return { from: first(-1), to: dayAfter(first(0), -1) };
  }
}

/** The range in an address; the last seven days at first. */
export function rangeOf(query: URLSearchParams, now: Date): Range {
  const agent = query.get('agent') ?? '';
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  if (isDay(from) && isDay(to) && from <= to) {
    const tooLong = daysIn(from, to) > MOST_DAYS;
    return { preset: 'custom', from: tooLong ? dayAfter(to, 1 - MOST_DAYS) : from, to, agent };
  }
  const preset = presets.find((it) => it === query.get('range')) ?? 'week';
  return { preset, ...daysOf(preset, now), agent };
}

/** A preset moves on with the days; chosen days stay. */
export function queryOf({ preset, from, to, agent }: Range): URLSearchParams {
  return new URLSearchParams({
    ...(preset === 'custom' ? { from, to } : { range: preset }),
    ...(agent && { agent }),
  });
}

export function unitOf({ from, to }: Days): Unit {
  const days = daysIn(from, to);
  if (days <= HOURLY_DAYS) return 'hour';
  return days <= MOST_DAILY ? 'day' : 'month';
}

/** Whole hours, in which figures are kept: one counts in the day in which it begins. */
const wholeHour = (at: number) => Math.ceil(at / HOUR) * HOUR;

export const spanOf = ({ from, to }: Days): Span => ({
  from: wholeHour(midnight(from)),
  to: wholeHour(midnight(to, 1)),
});

/** As many days, right before. */
export function daysBefore<T extends Days>(range: T): T {
  const days = daysIn(range.from, range.to);
  return { ...range, from: dayAfter(range.from, -days), to: dayAfter(range.from, -1) };
}

/** What to compare with: of a range that still runs, the period before as far as this one has come. */
export function spanBefore(range: Days, now: Date): Span {
  const { from, to } = spanOf(daysBefore(range));
  const days = daysIn(range.from, range.to);
  const then = new Date(now);
  then.setDate(then.getDate() - days);
  return { from, to: then.getTime() > from ? Math.min(to, wholeHour(then.getTime())) : to };
}

/** The hours, days or months of a range, in order. */
export function bucketsOf(range: Days): Span[] {
  const { from, to } = spanOf(range);
  const unit = unitOf(range);
  const starts: number[] = [];
  if (unit === 'hour') for (let at = from; at < to; at += HOUR) starts.push(at);
  else
    for (let day = range.from; day <= range.to; day = unit === 'day' ? dayAfter(day, 1) : nextMonth(day))
      starts.push(wholeHour(midnight(day)));
  return starts.map((at, i) => ({ from: at, to: starts[i + 1] ?? to }));
}

function nextMonth(day: string): string {
  const at = new Date(midnight(day));
  return dayIn(new Date(at.getFullYear(), at.getMonth() + 1, 1));
}
