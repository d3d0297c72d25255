import type { Figures, Histogram, Reason, Side } from '../../client/wire/protocol';
import { reasons } from '../past/filter';
import type { Bucket } from './range';

const EMPTY: Histogram = { n: 0, sum: 0, p50: 0, p90: 0, p99: 0 };

/** The figures of no chats. */
export const noFigures = (at: number): Figures => ({
  at,
  started: 0,
  answered: 0,
  abandoned: 0,
  unanswered: 0,
  ended: Object.fromEntries(reasons.map((it) => [it, 0])) as Record<Reason, number>,
  texts: { customer: 0, agent: 0 } satisfies Record<Side, number>,
  wait: EMPTY,
  abandonedWait: EMPTY,
  first: EMPTY,
  talk: EMPTY,
  response: EMPTY,
  rating: EMPTY,
  mostWaiting: 0,
  online: 0,
});

/** One for each bucket, also the empty ones, which the server leaves out. Days are matched by date, hours by time. */
export function fillBuckets(buckets: Bucket[], rows: Figures[]): Figures[] {
  const known = new Map(rows.map((row) => [row.day ?? row.at, row]));
  return buckets.map(({ from, days }) => known.get(days.from) ?? known.get(from) ?? noFigures(from));
}

/** Mean of the values; nothing where there are none. */
export const mean = ({ n, sum }: Histogram) => (n ? sum / n : undefined);

/** The chats that began in one hour of one day of the week. */
export interface WeekHour {
  started: number;
  answered: number;
  abandoned: number;
  unanswered: number;
  waitSum: number;
}

export const WEEK = 7;
export const DAY_HOURS = 24;

/** Monday's hours, then Tuesday's …, by the reader's clock: an hour that a day has twice is one hour here. */
export function byWeekHour(hours: Figures[]): WeekHour[] {
  const cells = Array.from(
    { length: WEEK * DAY_HOURS },
    (): WeekHour => ({
      started: 0,
      answered: 0,
      abandoned: 0,
      unanswered: 0,
      waitSum: 0,
    }),
  );
  for (const { at, started, answered, abandoned, unanswered, wait } of hours) {
    const time = new Date(at);
    const cell = cells[((time.getDay() + 6) % WEEK) * DAY_HOURS + time.getHours()];
    if (!cell) continue;
    cell.started += started;
    cell.answered += answered;
    cell.abandoned += abandoned;
    cell.unanswered += unanswered;
    cell.waitSum += wait.sum;
  }
  return cells;
}
