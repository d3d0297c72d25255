import type { Figures, Histogram } from '../../client/wire/protocol';
import type { Translation } from '../../components/translation';
import { reasons } from '../past/filter';
import { validZone } from '../time/zone';
import { byWeekHour, DAY_HOURS, type Duration, hasClosedTime, mean, WEEK, withinHours } from './figures';
import { bucketCsvCell, bucketName, hourName, weekdayName } from './labels';
import type { StatsData } from './load';
import type { Column, Sheet } from './sheet';

/** The durations that are charted. */
export const MEASURES = ['wait', 'first', 'response', 'talk'] as const;
export type Measure = (typeof MEASURES)[number];

/** A sheet by hour, day or month of the range. Rows in the future have no values. */
function overTime(title: string, data: StatsData, { t, lang }: Translation, columns: Column[]): Sheet {
  const { buckets, unit, asOf, zone } = data;
  const rows = buckets.map((it) => ({ name: bucketName(it, unit, lang), id: bucketCsvCell(it, unit) }));
  const withoutFuture = (values: Column['values']) =>
    values.map((it, i) => ((buckets[i]?.from ?? 0) <= asOf.getTime() ? it : undefined));
  return {
    title,
    rowHeading: t(`unit_${unit}`),
    zone: unit === 'hour' ? validZone() : zone,
    rows,
    columns: columns.map((it) =>
      it.series === 'earlier' ? it : { ...it, values: withoutFuture(it.values) },
    ),
  };
}

const count = (name: string, of: (row: Figures) => number, rows: Figures[]): Column => ({
  name,
  kind: 'count',
  values: rows.map(of),
});

/** Columns of the chats that an average does not include. */
const withoutAnswer = ({ t }: Translation, rows: Figures[]): Column[] => [
  count(t('abandonedChats'), (it) => it.abandoned, rows),
  count(t('unanswered'), (it) => it.unanswered, rows),
];

/** Undefined if there are no values. */
const quantile = (spread: Histogram, of: 'p50' | 'p90') => (spread.n ? spread[of] : undefined);

export function outcomes(data: StatsData, text: Translation): Sheet {
  const { t } = text;
  const { series, previous: before } = data;
  return overTime(t('outcomes'), data, text, [
    { ...count(t('answered'), (it) => it.answered, series), series: 'answered' },
    { ...count(t('abandonedChats'), (it) => it.abandoned, series), series: 'unserved' },
    count(t('unanswered'), (it) => it.unanswered, series),
    count(t('allChats'), (it) => it.started, series),
    {
      ...alignTo(
        count(t('previousPeriod'), (it) => it.started, before),
        series,
      ),
      series: 'earlier',
    },
  ]);
}

export function endings(data: StatsData, text: Translation): Sheet {
  const { t } = text;
  return overTime(
    t('endings'),
    data,
    text,
    reasons.map((reason) => ({
      ...count(t(`short_${reason}`), (it) => it.ended[reason], data.series),
      series: reason,
    })),
  );
}

/** Columns of a duration that nights and closed days are part of; none where it is the same within hours. */
function inAll(measure: Duration, { total, series }: StatsData, { t }: Translation): Column[] {
  if (!hasClosedTime(total, measure)) return [];
  const column = (name: string, of: (spread: Histogram) => number | undefined): Column => ({
    name: t('inAll', { name: t(name) }),
    kind: 'time',
    values: series.map((it) => of(it[measure])),
  });
  return [
    column('p50', (it) => quantile(it, 'p50')),
    column('p90', (it) => quantile(it, 'p90')),
    column('mean', mean),
  ];
}

export function times(measure: Measure, data: StatsData, text: Translation): Sheet {
  const { t } = text;
  const { series, previous: before } = data;
  const column = (name: string, of: (spread: Histogram) => number | undefined, rows = series): Column => ({
    name,
    kind: 'time',
    values: rows.map((it) => of(withinHours(it, measure))),
  });
  return overTime(t(measure), data, text, [
    { ...column(t('p50'), (it) => quantile(it, 'p50')), series: 'p50' },
    { ...column(t('p90'), (it) => quantile(it, 'p90')), series: 'p90' },
    column(t('mean'), mean),
    ...inAll(measure, data, text),
    count(t(measure === 'response' ? 'repliesCounted' : 'chatsCounted'), (it) => it[measure].n, series),
    ...withoutAnswer(text, series),
    {
      ...alignTo(
        column(t('previousMedian'), (it) => quantile(it, 'p50'), before),
        series,
      ),
      series: 'earlier',
    },
  ]);
}

export function ratings(data: StatsData, text: Translation): Sheet {
  const { t } = text;
  const { series, previous: before } = data;
  const column = (name: string, rows: Figures[]): Column => ({
    name,
    kind: 'score',
    values: rows.map(({ rating }) => mean(rating)),
  });
  return overTime(t('ratings'), data, text, [
    { ...column(t('mean'), series), series: 'mean' },
    count(t('rated'), (it) => it.rating.n, series),
    ...withoutAnswer(text, series),
    { ...alignTo(column(t('previousPeriod'), before), series), series: 'earlier' },
  ]);
}

/** The questions that were left while nobody served, and how long their first answer took. */
export function left(data: StatsData, text: Translation): Sheet {
  const { t } = text;
  const { series } = data;
  const time = (name: string, of: (spread: Histogram) => number | undefined): Column => ({
    name: t('firstAnswer', { name: t(name) }),
    kind: 'time',
    values: series.map((it) => of(it.leftFirstOpen)),
  });
  return overTime(t('leftQuestions'), data, text, [
    { ...count(t('answeredLeft'), (it) => it.leftAnswered, series), series: 'answered' },
    { ...count(t('unansweredLeft'), (it) => it.left - it.leftAnswered, series), series: 'unserved' },
    count(t('leftQuestions'), (it) => it.left, series),
    time('p50', (it) => quantile(it, 'p50')),
    time('p90', (it) => quantile(it, 'p90')),
    time('mean', mean),
    ...inAll('leftFirst', data, text),
  ]);
}

/** The highest numbers that the sweep counted; for all agents together only. */
export function staff(data: StatsData, text: Translation): Sheet {
  const { t } = text;
  return overTime(t('staff'), data, text, [
    { ...count(t('mostWaiting'), (it) => it.mostWaiting, data.series), series: 'mostWaiting' },
    { ...count(t('mostOnline'), (it) => it.online, data.series), series: 'online' },
  ]);
}

/** Aligns the previous period by position, as it may have an hour or a month more or less. */
const alignTo = (column: Column, series: Figures[]): Column => ({
  ...column,
  values: series.map((_, i) => column.values[i]),
});

/** The hours of the week; see byWeekHour. */
export function week(hours: Figures[], { t, lang }: Translation): Sheet {
  const cells = byWeekHour(hours);
  const column = (name: string, of: 'started' | 'answered' | 'abandoned' | 'unanswered'): Column => ({
    name,
    kind: 'count',
    values: cells.map((it) => it[of]),
  });
  const rows = Array.from({ length: WEEK * DAY_HOURS }, (_, i) => ({
    name: `${weekdayName(Math.floor(i / DAY_HOURS), lang)} ${hourName(i % DAY_HOURS, lang)}`,
  }));
  const waits = cells.map(({ answered, waitSum }) => (answered ? waitSum / answered : undefined));
  return {
    title: t('week'),
    rowHeading: t('unit_week'),
    rows,
    columns: [
      column(t('allChats'), 'started'),
      column(t('answered'), 'answered'),
      column(t('abandonedChats'), 'abandoned'),
      column(t('unanswered'), 'unanswered'),
      { name: t('meanOf', { name: t('wait') }), kind: 'time', values: waits },
    ],
  };
}

export function byAgent({ agents }: StatsData, { t }: Translation): Sheet {
  const sorted = [...agents].sort((a, b) => b.answered - a.answered);
  const time = (measure: Measure): Column => ({
    name: t('meanOf', { name: t(measure) }),
    kind: 'time',
    values: sorted.map((it) => mean(withinHours(it, measure))),
    bar: true,
  });
  const leftOnes = sorted.some((it) => it.left)
    ? [count(t('answeredLeft'), (it) => it.leftAnswered, sorted)]
    : [];
  return {
    title: t('byAgent'),
    rowHeading: t('agent'),
    rows: sorted.map(({ agent }) => ({ name: agent?.name || agent?.id || '' })),
    columns: [
      { ...count(t('allChats'), (it) => it.answered, sorted), bar: true },
      count(t('unanswered'), (it) => it.unanswered, sorted),
      ...leftOnes,
      time('first'),
      time('response'),
      time('talk'),
      { name: t('rating'), kind: 'score', values: sorted.map(({ rating }) => mean(rating)) },
      count(t('rated'), (it) => it.rating.n, sorted),
    ],
  };
}
