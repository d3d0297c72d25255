import type { OpenSpan, Schedule } from '../../client/wire/protocol';

/** The end of a day, in minutes. */
export const DAY = 1440;
const DAY_MS = 86_400_000;
/** A change further ahead is not looked for, in days. */
const HORIZON = 400;

/** A time during which a shop is open, ms since the epoch, `to` excluded; infinite if it never ends. */
export interface Interval {
  from: number;
  to: number;
}

/** The week of a shop that is always open. */
export const ALWAYS: OpenSpan[][] = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);

/** Minutes since midnight of 09:00, or of 24:00; undefined if it is no time. */
export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return all <= DAY ? all : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date and the minutes since midnight that clocks in a zone show. Throws RangeError for an unknown zone. */
export function wallClock(zone: string, at: number): { date: string; minutes: number } {
  let format = formats.get(zone);
  if (!format) {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' };
    format = new Intl.DateTimeFormat('en', {
      ...(numeric as Intl.DateTimeFormatOptions),
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return { date: dateOf(Date.UTC(year, month - 1, day)), minutes: hour * 60 + minute };
}

const dateOf = (utc: number) => new Date(utc).toISOString().slice(0, 10);
const utcOf = (date: string) => Date.parse(`${date}T00:00:00Z`);

/** Whether it is a day of the calendar, as 2026-12-25. */
export const isDate = (text: string) =>
  /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(utcOf(text)) && dateOf(utcOf(text)) === text;

export const addDays = (date: string, days: number) => dateOf(utcOf(date) + days * DAY_MS);

/** 0 is Monday. */
export const weekdayOf = (date: string) => (new Date(utcOf(date)).getUTCDay() + 6) % 7;

/** A wall clock as if it were UTC. */
const naive = ({ date, minutes }: { date: string; minutes: number }) => utcOf(date) + minutes * 60_000;

/**
 * The first moment of a day at which clocks in the zone show that many minutes since midnight or more. A time that does not exist is the
 * moment of the change; of one that exists twice it is the first.
 */
export function momentOf(zone: string, date: string, minutes: number): number {
  const wanted = utcOf(date) + minutes * 60_000;
  const offset = (at: number) => naive(wallClock(zone, at)) - at;
  const early = wanted - offset(wanted - DAY_MS);
  if (naive(wallClock(zone, early)) === wanted) return early;
  const late = wanted - offset(wanted + DAY_MS);
  if (naive(wallClock(zone, late)) === wanted) return late;
  // The clocks jump over it: the change is between the two.
  let [before, after] = [Math.min(early, late), Math.max(early, late)];
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    if (naive(wallClock(zone, middle)) < wanted) before = middle;
    else after = middle;
  }
  return after;
}

/** The spans of a date, in order, and whether an exception sets them. */
export function spansOn(
  { week, exceptions = [] }: Schedule,
  date: string,
): { spans: OpenSpan[]; special: boolean } {
  const exception = exceptions.find((it) => it.date === date);
  const spans = exception?.open ?? week[weekdayOf(date)] ?? [];
  return { spans: inOrder(spans), special: !!exception };
}

/** When the schedule, without what was closed by hand, is open at a time and after it. */
export function* openIntervals(schedule: Schedule, now: number): Generator<Interval> {
  const { zone, week, exceptions = [] } = schedule;
  const first = wallClock(zone, now).date;
  let last: Interval | undefined;
  if (!exceptions.length && week.every(isAllDay))
    return yield { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  for (let i = 0; i < HORIZON; i++) {
    const date = addDays(first, i);
    for (const { from, to } of spansOn(schedule, date).spans) {
      const span = { from: momentIn(zone, date, from), to: momentIn(zone, date, to) };
      if (span.to <= now || span.to <= span.from) continue;
      if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
      else {
        if (last) yield last;
        last = span;
      }
    }
  }
  if (last) yield last;
}

const momentIn = (zone: string, date: string, time: string) => {
  const minutes = minutesOf(time) ?? 0;
  return minutes < DAY ? momentOf(zone, date, minutes) : momentOf(zone, addDays(date, 1), 0);
};

function isAllDay(spans: readonly OpenSpan[]): boolean {
  let end = '00:00';
  for (const { from, to } of inOrder(spans)) if (from <= end && to > end) end = to;
  return end === '24:00';
}

const inOrder = (spans: readonly OpenSpan[]) => [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));

/** Whether a shop is open; `until`: when that changes, if it is known. */
export interface Opening {
  open: boolean;
  until?: number;
}

/** Whether the shop is open at a time, by schedule and by hand. */
export function openingAt(schedule: Schedule, now: number): Opening {
  const { closed } = schedule;
  const byHand = closed && (closed.until === undefined || closed.until > now);
  if (byHand && closed.until === undefined) return { open: false };
  const start = byHand ? (closed.until as number) : now;
  for (const { from, to } of openIntervals(schedule, start)) {
    if (from > start) return { open: false, until: from };
    if (byHand) return { open: false, until: start };
    return { open: true, ...(Number.isFinite(to) && { until: to }) };
  }
  return { open: false };
}

/** When the shop opens for the next time, if it is closed at `now`; undefined if that is not known. */
export function nextOpening(schedule: Schedule, now: number): number | undefined {
  for (const { from } of openIntervals(schedule, now)) if (from > now) return from;
  return undefined;
}
