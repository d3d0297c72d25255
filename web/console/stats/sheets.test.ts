import { expect, test } from 'vitest';
import type { Figures } from '../../client/wire/protocol';
import { translation } from '../../components/translation';
import { words } from '../words';
import { en } from './en';
import { fillBuckets, noFigures, withinHours } from './figures';
import { ko } from './ko';
import type { StatsData } from './load';
import { bucketsOf, previousDays, type Range, unitOf } from './range';
import type { Sheet } from './sheet';
import { byAgent, endings, left, MEASURES, outcomes, ratings, staff, times, week } from './sheets';

const text = translation('en', { en: { ...words.en, ...en }, ko: { ...words.ko, ...ko } });
const spread = (n: number, each: number) => ({ n, sum: n * each, p50: each, p90: 2 * each, p99: 3 * each });

/** Eight chats: agents took six of them, and five got an answer. Two were left; a night was part of their times. */
const row = (at: number): Figures => ({
  ...noFigures(at),
  started: 8,
  answered: 6,
  abandoned: 2,
  unanswered: 1,
  ended: { agent_ended: 3, customer_ended: 2, idle: 1, customer_left: 1, abandoned: 0, expired: 1 },
  wait: spread(6, 7_200_000),
  waitOpen: spread(6, 60_000),
  first: spread(5, 7_300_000),
  firstOpen: spread(5, 90_000),
  left: 2,
  leftAnswered: 1,
  leftFirst: spread(1, 36_000_000),
  leftFirstOpen: spread(1, 300_000),
  response: spread(20, 30_000),
  talk: spread(6, 300_000),
  mostWaiting: 3,
  online: 2,
  rating: { n: 2, sum: 9, p50: 4, p90: 5, p99: 5 },
});

function data(from: string, to: string): StatsData {
  const range: Range = { preset: 'custom', from, to, agent: '' };
  const buckets = bucketsOf(range);
  const earlier = bucketsOf(previousDays(range));
  const rows = [row(buckets[0]!.from), row(buckets[2]!.from)];
  return {
    range,
    unit: unitOf(range),
    asOf: new Date(2026, 11, 31),
    zone: 'UTC',
    buckets,
    series: fillBuckets(buckets, rows),
    total: row(0),
    previous: fillBuckets(earlier, [row(earlier[1]!.from)]),
    totalPrevious: row(0),
    agents: [
      { ...row(0), agent: { id: 'a_1', name: 'Hana' }, answered: 2 },
      { ...row(0), agent: { id: 'a_2', name: '' }, answered: 4 },
    ],
    hours: rows,
  };
}

const three = data('2026-11-10', '2026-11-12');
const column = (sheet: Sheet, name: string) => sheet.columns.find((it) => it.name === name)?.values;

test.each(MEASURES)('%s: no point without values, and the chats left out are counted', (name) => {
  const sheet = times(name, three, text);
  const { n, p50, p90 } = withinHours(row(0), name);
  expect(sheet.rows.map(({ id }) => id)).toEqual(
    ['10', '11', '12'].map((day) => ({ verbatim: `2026-11-${day}` })),
  );
  expect(column(sheet, en.p50)).toEqual([p50, undefined, p50]);
  expect(column(sheet, en.p90)).toEqual([p90, undefined, p90]);
  expect(column(sheet, en.mean)).toEqual([p50, undefined, p50]);
  expect(column(sheet, name === 'response' ? en.repliesCounted : en.chatsCounted)).toEqual([n, 0, n]);
  expect(column(sheet, en.abandonedChats)).toEqual([2, 0, 2]);
  expect(column(sheet, en.unanswered)).toEqual([1, 0, 1]);
  expect(column(sheet, en.previousMedian)).toEqual([undefined, p50, undefined]);
});

const inAll = (name: string) => en.inAll.replace('{name}', name);

test('nights are in columns of their own, which the chart does not draw', () => {
  const sheet = times('wait', three, text);
  expect(column(sheet, inAll(en.p50))).toEqual([7_200_000, undefined, 7_200_000]);
  expect(column(sheet, inAll(en.mean))).toEqual([7_200_000, undefined, 7_200_000]);
  expect(sheet.columns.filter(({ series }) => series).map(({ name }) => name)).toEqual([
    en.p50,
    en.p90,
    en.previousMedian,
  ]);
  const first = times('first', three, text);
  expect(column(first, inAll(en.p90))).toEqual([14_600_000, undefined, 14_600_000]);
  expect(column(times('talk', three, text), inAll(en.p50))).toBeUndefined();
});

test('a shop that was open all the time has one figure', () => {
  const open = { ...three, total: { ...three.total, wait: three.total.waitOpen } };
  expect(column(times('wait', open, text), inAll(en.p50))).toBeUndefined();
});

test('left questions, those with an answer and those without', () => {
  const sheet = left(three, text);
  expect(column(sheet, words.en.leftQuestions)).toEqual([2, 0, 2]);
  expect(column(sheet, en.answeredLeft)).toEqual([1, 0, 1]);
  expect(column(sheet, en.unansweredLeft)).toEqual([1, 0, 1]);
  const answer = en.firstAnswer.replace('{name}', en.mean);
  expect(column(sheet, answer)).toEqual([300_000, undefined, 300_000]);
  expect(column(sheet, inAll(en.mean))).toEqual([36_000_000, undefined, 36_000_000]);
});

test('outcomes and endings include every chat', () => {
  const sheet = outcomes(three, text);
  expect(column(sheet, en.allChats)).toEqual([8, 0, 8]);
  expect(column(sheet, en.answered)).toEqual([6, 0, 6]);
  expect(column(sheet, en.abandonedChats)).toEqual([2, 0, 2]);
  expect(column(sheet, en.previousPeriod)).toEqual([0, 8, 0]);
  const ended = endings(three, text).columns;
  expect(three.buckets.map((_, i) => ended.reduce((sum, { values }) => sum + (values[i] ?? 0), 0))).toEqual([
    8, 0, 8,
  ]);
});

test('future hours have no values instead of 0', () => {
  const today = { ...data('2026-11-10', '2026-11-10'), asOf: new Date(2026, 10, 10, 2, 30) };
  const sheet = outcomes(today, text);
  expect(column(sheet, en.allChats)?.slice(0, 5)).toEqual([8, 0, 8, undefined, undefined]);
  expect(column(sheet, en.previousPeriod)?.slice(0, 5)).toEqual([0, 8, 0, 0, 0]);
  expect(column(times('wait', today, text), en.abandonedChats)?.slice(1, 4)).toEqual([0, 2, undefined]);
});

test('ratings are the mean of the given ones', () => {
  expect(column(ratings(three, text), en.mean)).toEqual([4.5, undefined, 4.5]);
  expect(column(ratings(three, text), en.rated)).toEqual([2, 0, 2]);
});

test('queue and agents are maxima', () => {
  expect(column(staff(three, text), en.mostWaiting)).toEqual([3, 0, 3]);
  expect(column(staff(three, text), en.mostOnline)).toEqual([2, 0, 2]);
});

test('the agent with most chats comes first; one without a name is shown by id', () => {
  const sheet = byAgent(three, text);
  expect(sheet.rows.map(({ name }) => name)).toEqual(['a_2', 'Hana']);
  expect(column(sheet, en.allChats)).toEqual([4, 2]);
  expect(column(sheet, en.answeredLeft)).toEqual([1, 1]);
  expect(column(sheet, en.meanOf.replace('{name}', en.first))).toEqual([90_000, 90_000]);
});

test('the hours of the week are 168 rows with different names', () => {
  const sheet = week(three.hours ?? [], text);
  expect(new Set(sheet.rows.map(({ name }) => name)).size).toBe(168);
  expect(column(sheet, en.allChats)?.reduce((sum = 0, it = 0) => sum + it)).toBe(16);
  const waits = column(sheet, en.meanOf.replace('{name}', en.wait));
  expect(waits?.filter((it) => it !== undefined)).toEqual([60_000, 60_000]);
});

test.each([
  ['2026-11-10', '2026-11-11', 'Hour', 48],
  ['2026-01-01', '2026-11-30', 'Month', 11],
])('from %s to %s there is a row for each %s', (from, to, of, rows) => {
  const sheet = outcomes(data(from, to), text);
  expect(sheet).toMatchObject({ rowHeading: of });
  expect(sheet.rows).toHaveLength(rows);
  expect(sheet.columns.every(({ values }) => values.length === rows)).toBe(true);
});
