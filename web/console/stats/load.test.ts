import { expect, test } from 'vitest';
import type { Command, Figures, ServerFrame, StatsQuery } from '../../client/wire/protocol';
import { addDays, dayCount, midnight } from '../time/days';
import { validZone } from '../time/zone';
import { noFigures } from './figures';
import { StatsLoad } from './load';
import { HOUR, type Range } from './range';

type Request = StatsQuery & {
  from?: number;
  to?: number;
  firstDay?: string;
  lastDay?: string;
  cursor?: string;
};

const now = new Date(2026, 10, 26, 12);
const range: Range = { preset: 'custom', from: '2026-11-01', to: '2026-11-20', agent: '' };
const row = (at: number): Figures => ({ ...noFigures(at), started: 1 });

/** A server with one chat in each hour; an answer has 120 hours at most. */
function server() {
  const requests: Request[] = [];
  const answer = async (command: Command): Promise<ServerFrame> => {
    const query = command as Request;
    requests.push(query);
    const { by, firstDay = '', lastDay = '', cursor } = query;
    if (by === 'day')
      return {
        type: 'stats',
        rows: Array.from({ length: dayCount(firstDay, lastDay) }, (_, i) => ({
          ...row(i), // the page must not use the time
          day: addDays(firstDay, i),
        })),
      };
    const from = query.from ?? midnight(firstDay);
    const to = query.to ?? midnight(lastDay, 1);
    if (by !== 'hour') return { type: 'stats', rows: [row(from)] };
    const start = Number(cursor ?? from);
    const end = Math.min(to, start + 120 * HOUR);
    const rows = Array.from({ length: (end - start) / HOUR }, (_, i) => row(start + i * HOUR));
    return { type: 'stats', rows, ...(end < to && { cursor: `${end}` }) };
  };
  return { requests, answer };
}

test('all pages are read, and the progress grows to 1', async () => {
  const { requests, answer } = server();
  const load = new StatsLoad(answer, range, 'Asia/Seoul', now);
  const shares: number[] = [];
  load.subscribe(() => shares.push(load.state.share));
  await load.run();
  const { data } = load.state;
  expect(data?.hours).toHaveLength(20 * 24);
  expect(new Set(data?.hours?.map(({ at }) => at)).size).toBe(20 * 24);
  expect(data?.series.map(({ started }) => started)).toEqual(Array(20).fill(1));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expect(new Set(requests.map(({ tz }) => tz))).toEqual(new Set(['Asia/Seoul']));
  expect(requests.filter(({ by }) => by === 'hour')).toHaveLength(4);
});

test('one agent is requested everywhere but in the comparison of agents', async () => {
  const { requests, answer } = server();
  await new StatsLoad(answer, { ...range, agent: 'a_1' }, 'UTC', now).run();
  expect(requests.every(({ by, agent }) => agent === (by === 'agent' ? undefined : 'a_1'))).toBe(true);
});

test('a long range is requested month by month, and has no hours', async () => {
  const { requests, answer } = server();
  const load = new StatsLoad(answer, { ...range, from: '2026-01-01', to: '2026-11-30' }, 'UTC', now);
  await load.run();
  expect(load.state.data).toMatchObject({ unit: 'month', hours: undefined });
  expect(load.state.data?.series.map(({ started }) => started)).toEqual(Array(11).fill(1));
  expect(requests.some(({ by }) => by === 'hour' || by === 'day')).toBe(false);
});

test('no rows count as no chats', async () => {
  const load = new StatsLoad(async () => ({ type: 'stats', rows: [] }), range, 'UTC', now);
  await load.run();
  expect(load.state.data).toMatchObject({ total: { started: 0 }, totalPrevious: { started: 0 }, agents: [] });
});

test.each([
  [{ type: 'error', code: 'forbidden', message: '' } as const, 'forbidden'],
  [{ type: 'error', code: 'invalid', message: '' } as const, 'invalid'],
  [undefined, 'unavailable'],
])('an error is shown', async (answer, failed) => {
  const load = new StatsLoad(async () => answer, range, 'UTC', now);
  await load.run();
  expect(load.state).toEqual({ share: 0, failed });
});

test('days are requested by date, hours by time', async () => {
  const { requests, answer } = server();
  await new StatsLoad(answer, range, 'Asia/Seoul', now).run();
  expect(requests.every(({ from, to }) => from === undefined && to === undefined)).toBe(true);
  expect(requests.find(({ by }) => by === 'agent')).toMatchObject({
    firstDay: range.from,
    lastDay: range.to,
  });
  requests.length = 0;
  await new StatsLoad(answer, { ...range, from: '2026-11-26', to: '2026-11-26' }, 'Asia/Seoul', now).run();
  expect(requests.every(({ firstDay, lastDay }) => firstDay === undefined && lastDay === undefined)).toBe(
    true,
  );
});

test('a current period is compared with the same part of the previous one', async () => {
  const { requests, answer } = server();
  await new StatsLoad(answer, { ...range, from: '2026-11-20', to: '2026-11-26' }, 'UTC', now).run();
  const to = new Date(2026, 10, 19, 12).getTime();
  expect(requests.filter(({ by }) => by === 'range')).toMatchObject([
    { firstDay: '2026-11-20', lastDay: '2026-11-26' },
    { firstDay: '2026-11-13', to },
  ]);
});

test('if the server does not know the time zone, days are those of UTC', async () => {
  const { requests, answer } = server();
  const load = new StatsLoad(
    async (command) =>
      (command as Request).tz === 'UTC' ? answer(command) : { type: 'error', code: 'invalid', message: '' },
    range,
    'Mars/Base',
    now,
  );
  await load.run();
  expect(load.state.data).toMatchObject({ zone: 'UTC', total: { started: 1 } });
  expect(new Set(requests.map(({ tz }) => tz))).toEqual(new Set(['UTC']));
});

test.each([
  ['Asia/Seoul', 'Asia/Seoul'],
  ['Etc/Unknown', 'UTC'],
  ['', 'UTC'],
  ['Mars/Base', 'UTC'],
])('a browser in %s requests days of %s', (name, zone) => {
  expect(validZone(name)).toBe(zone);
});

test('after close() nothing more is requested', async () => {
  const { requests, answer } = server();
  const load = new StatsLoad(answer, range, 'UTC', now);
  const done = load.run();
  load.close();
  await done;
  expect(load.state.data).toBeUndefined();
  expect(requests.filter(({ cursor }) => cursor)).toEqual([]);
});
