import { expect, test } from 'vitest';
import type { Command, Figures, ServerFrame, StatsQuery } from '../../client/wire/protocol';
import { addDays, dayCount, midnight } from '../time/days';
import { validZone } from '../time/zone';
import { noFigures } from './figures';
import { StatsLoad } from './load';
import { HOUR, type Range } from './range';

type Asked = StatsQuery & {
  from?: number;
  to?: number;
  firstDay?: string;
  lastDay?: string;
  cursor?: string;
};

const now = new Date(2026, 10, 26, 12);
const range: Range = { preset: 'custom', from: '2026-11-01', to: '2026-11-20', agent: '' };
const row = (at: number): Figures => ({ ...noFigures(at), started: 1 });

/** A server that has one chat in each hour; 120 hours to an answer. */
function server() {
  const asked: Asked[] = [];
  const ask = async (command: Command): Promise<ServerFrame> => {
    const query = command as Asked;
    asked.push(query);
    const { by, firstDay = '', lastDay = '', cursor } = query;
    if (by === 'day')
      return {
        type: 'stats',
        rows: Array.from({ length: dayCount(firstDay, lastDay) }, (_, i) => ({
          ...row(i), // when it begins is no business of the page
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
  return { asked, ask };
}

test('all pages are read, and how far it is grows to the whole', async () => {
  const { asked, ask } = server();
  const load = new StatsLoad(ask, range, 'Asia/Seoul', now);
  const shares: number[] = [];
  load.subscribe(() => shares.push(load.state.share));
  await load.run();
  const { data } = load.state;
  expect(data?.hours).toHaveLength(20 * 24);
  expect(new Set(data?.hours?.map(({ at }) => at)).size).toBe(20 * 24);
  expect(data?.series.map(({ started }) => started)).toEqual(Array(20).fill(1));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expect(new Set(asked.map(({ tz }) => tz))).toEqual(new Set(['Asia/Seoul']));
  expect(asked.filter(({ by }) => by === 'hour')).toHaveLength(4);
});

test('one agent is asked for everywhere but where agents are compared', async () => {
  const { asked, ask } = server();
  await new StatsLoad(ask, { ...range, agent: 'a_1' }, 'UTC', now).run();
  expect(asked.every(({ by, agent }) => agent === (by === 'agent' ? undefined : 'a_1'))).toBe(true);
});

test('a long range is asked for month by month, and has no hours', async () => {
  const { asked, ask } = server();
  const load = new StatsLoad(ask, { ...range, from: '2026-01-01', to: '2026-11-30' }, 'UTC', now);
  await load.run();
  expect(load.state.data).toMatchObject({ unit: 'month', hours: undefined });
  expect(load.state.data?.series.map(({ started }) => started)).toEqual(Array(11).fill(1));
  expect(asked.some(({ by }) => by === 'hour' || by === 'day')).toBe(false);
});

test('no rows are no chats', async () => {
  const load = new StatsLoad(async () => ({ type: 'stats', rows: [] }), range, 'UTC', now);
  await load.run();
  expect(load.state.data).toMatchObject({ total: { started: 0 }, totalPrevious: { started: 0 }, agents: [] });
});

test.each([
  [{ type: 'error', code: 'forbidden', message: '' } as const, 'forbidden'],
  [{ type: 'error', code: 'invalid', message: '' } as const, 'invalid'],
  [undefined, 'unavailable'],
])('an error is told', async (answer, failed) => {
  const load = new StatsLoad(async () => answer, range, 'UTC', now);
  await load.run();
  expect(load.state).toEqual({ share: 0, failed });
});

test('days are asked for by their dates, hours by when they are', async () => {
  const { asked, ask } = server();
  await new StatsLoad(ask, range, 'Asia/Seoul', now).run();
  expect(asked.every(({ from, to }) => from === undefined && to === undefined)).toBe(true);
  expect(asked.find(({ by }) => by === 'agent')).toMatchObject({ firstDay: range.from, lastDay: range.to });
  asked.length = 0;
  await new StatsLoad(ask, { ...range, from: '2026-11-26', to: '2026-11-26' }, 'Asia/Seoul', now).run();
  expect(asked.every(({ firstDay, lastDay }) => firstDay === undefined && lastDay === undefined)).toBe(true);
});

test('what runs is compared with the days before as far as it has come', async () => {
  const { asked, ask } = server();
  await new StatsLoad(ask, { ...range, from: '2026-11-20', to: '2026-11-26' }, 'UTC', now).run();
  const to = new Date(2026, 10, 19, 12).getTime();
  expect(asked.filter(({ by }) => by === 'range')).toMatchObject([
    { firstDay: '2026-11-20', lastDay: '2026-11-26' },
    { firstDay: '2026-11-13', to },
  ]);
});

test('where the server does not know the time zone, the days are those of UTC', async () => {
  const { asked, ask } = server();
  const load = new StatsLoad(
    async (command) =>
      (command as Asked).tz === 'UTC' ? ask(command) : { type: 'error', code: 'invalid', message: '' },
    range,
    'Mars/Base',
    now,
  );
  await load.run();
  expect(load.state.data).toMatchObject({ zone: 'UTC', total: { started: 1 } });
  expect(new Set(asked.map(({ tz }) => tz))).toEqual(new Set(['UTC']));
});

test.each([
  ['Asia/Seoul', 'Asia/Seoul'],
  ['Etc/Unknown', 'UTC'],
  ['', 'UTC'],
  ['Mars/Base', 'UTC'],
])('a browser in %s asks in %s', (name, zone) => {
  expect(validZone(name)).toBe(zone);
});

test('what nobody looks at any more asks no further', async () => {
  const { asked, ask } = server();
  const load = new StatsLoad(ask, range, 'UTC', now);
  const done = load.run();
  load.close();
  await done;
  expect(load.state.data).toBeUndefined();
  expect(asked.filter(({ cursor }) => cursor)).toEqual([]);
});
