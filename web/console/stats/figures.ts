import type { Figures, Histogram, Reason, Side } from '../../client/wire/protocol';
import { reasons } from '../past/filter';
import type { Bucket } from './range';

const EMPTY: Histogram = { n: 0, sum: 0, p50: 0, p90: 0, p99: 0 };

/** Figures without chats. */
export const noFigures = (at: number): Figures => ({
  at,
  started: 0,
  answered: 0,
  abandoned: 0,
  unanswered: 0,
  ended: Object.fromEntries(reasons.map((it) => [it, 0])) as Record<Reason, number>,
  texts: { customer: 0, agent: 0 } satisfies Record<Side, number>,
  wait: EMPTY,
  waitOpen: EMPTY,
  abandonedWait: EMPTY,
  first: EMPTY,
  firstOpen: EMPTY,
  left: 0,
  leftAnswered: 0,
  leftFirst: EMPTY,
  leftFirstOpen: EMPTY,
  talk: EMPTY,
  response: EMPTY,
  rating: EMPTY,
  mostWaiting: 0,
  online: 0,
});

/** One row for each bucket; the server omits empty ones. Days are matched by date, hours by time. */
export function fillBuckets(buckets: Bucket[], rows: Figures[]): Figures[] {
  const known = new Map(rows.map((row) => [row.day ?? row.at, row]));
  return buckets.map(({ from, days }) => known.get(days.from) ?? known.get(from) ?? noFigures(from));
}

/** Undefined if there are no values. */
export const mean = ({ n, sum }: Histogram) => (n ? sum / n : undefined);

/** The durations with a figure of their own for the part within opening hours. */
const WITHIN_HOURS = { wait: 'waitOpen', first: 'firstOpen', leftFirst: 'leftFirstOpen' } as const;

export type Duration = keyof typeof WITHIN_HOURS | 'response' | 'talk';

/** The duration within opening hours, where there is such a figure: nights and closed days say nothing about a team. */
export const withinHours = (row: Figures, of: Duration): Histogram =>
  row[of in WITHIN_HOURS ? WITHIN_HOURS[of as keyof typeof WITHIN_HOURS] : of];

/** Whether some of the duration lay outside opening hours, so that both figures have to be shown. */
export const hasClosedTime = (total: Figures, of: Duration) => total[of].sum !== withinHours(total, of).sum;

/** The chats that began in one hour of the week. */
export interface WeekHour {
  started: number;
  answered: number;
  abandoned: number;
  unanswered: number;
  /** Within opening hours. */
  waitSum: number;
}

export const WEEK = 7;
export const DAY_HOURS = 24;

/** Monday's hours, then Tuesday's and so on, in local time. An hour that occurs twice in a day is counted as one. */
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
  for (const { at, started, answered, abandoned, unanswered, waitOpen } of hours) {
    const time = new Date(at);
    const cell = cells[((time.getDay() + 6) % WEEK) * DAY_HOURS + time.getHours()];
    if (!cell) continue;
    cell.started += started;
    cell.answered += answered;
    cell.abandoned += abandoned;
    cell.unanswered += unanswered;
    cell.waitSum += waitOpen.sum;
  }
  return cells;
}
