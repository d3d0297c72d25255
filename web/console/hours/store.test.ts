import { expect, test } from 'vitest';
import type { Command, HoursFrame, Schedule, ServerFrame } from '../../client/wire/protocol';
import { HoursStore } from './store';

const MINUTE = 60_000;
const office: Schedule = {
  zone: 'Asia/Seoul',
  week: [[{ from: '09:00', to: '18:00' }], [], [], [], [], [], []],
};

/** A server with the hours of some shops. `edit`: somebody else stores another schedule. */
function shops(sites: string[] = []) {
  const stored = new Map<string, { version: number; hours: Schedule | null }>();
  const sent: Command[] = [];
  const clock = { now: 1_000_000 };
  let until: number | undefined;
  const frame = (site: string): HoursFrame => ({
    type: 'hours',
    ...(site && { site }),
    sites,
    ...(stored.get(site) ?? { version: 0, hours: null }),
    now: { state: 'open', ...(until && { until }) },
  });
  const edit = (site: string, hours: Schedule) =>
    stored.set(site, { version: (stored.get(site)?.version ?? 0) + 1, hours });
  const request = async (command: Command): Promise<ServerFrame | undefined> => {
    sent.push(command);
    if (command.action !== 'hours' && command.action !== 'hoursPut') return;
    const { site = '' } = command;
    if (command.action === 'hours') return frame(site);
    const at = stored.get(site) ?? { version: 0, hours: null };
    if (command.version !== at.version) return { type: 'error', code: 'conflict', message: '', hours: at };
    edit(site, command.hours);
    return frame(site);
  };
  const hours = new HoursStore(request, () => clock.now);
  return {
    hours,
    sent,
    clock,
    edit,
    stored,
    changes: (at: number) => {
      until = at;
    },
  };
}

test('every shop is asked for once, and again after five minutes', async () => {
  const { hours, sent, clock } = shops(['tea', 'toys']);
  await hours.refreshIfStale();
  expect(sent).toEqual([
    { action: 'hours' },
    { action: 'hours', site: 'tea' },
    { action: 'hours', site: 'toys' },
  ]);
  expect(hours.state).toMatchObject({ sites: ['', 'tea', 'toys'], complete: true });
  clock.now += 5 * MINUTE - 1;
  await hours.refreshIfStale();
  expect(sent).toHaveLength(3);
  clock.now += 1;
  await hours.refreshIfStale();
  expect(sent).toHaveLength(6);
});

test('of many shops only the default one is asked for', async () => {
  const { hours, sent } = shops(['a', 'b', 'c', 'd', 'e']);
  await hours.refreshIfStale();
  expect(sent).toEqual([{ action: 'hours' }]);
});

test('a state that ends is asked for again at its end', async () => {
  const { hours, sent, clock, changes } = shops();
  changes(clock.now + MINUTE);
  await hours.refreshIfStale();
  clock.now += MINUTE - 1;
  await hours.refreshIfStale();
  expect(sent).toHaveLength(1);
  clock.now += 1;
  await hours.refreshIfStale();
  expect(sent).toHaveLength(2);
});

test('closed by hand and opened again, the schedule stays', async () => {
  const { hours, edit, stored } = shops(['tea']);
  edit('tea', office);
  await hours.load('tea');
  expect(await hours.setClosed('tea', { until: 5 })).toEqual({ kind: 'done' });
  expect(stored.get('tea')?.hours).toEqual({ ...office, closed: { until: 5 } });
  expect(await hours.setClosed('tea', undefined)).toEqual({ kind: 'done' });
  expect(stored.get('tea')?.hours).toEqual(office);
});

test('a shop without a schedule is always open, but while it is closed by hand', async () => {
  const { hours, stored } = shops();
  await hours.load('');
  await hours.setClosed('', {});
  expect(stored.get('')?.hours).toMatchObject({
    week: Array(7).fill([{ from: '00:00', to: '24:00' }]),
    closed: {},
  });
});

test('closing by hand keeps what somebody else has edited meanwhile', async () => {
  const { hours, edit, stored } = shops();
  edit('', office);
  await hours.load('');
  const theirs = { ...office, zone: 'Europe/Berlin' };
  edit('', theirs);
  expect(await hours.setClosed('', {})).toEqual({ kind: 'done' });
  expect(stored.get('')).toEqual({ version: 3, hours: { ...theirs, closed: {} } });
});

test('an edit of a version that is no longer the stored one is a conflict, and changes nothing', async () => {
  const { hours, edit, stored } = shops();
  edit('', office);
  await hours.load('');
  const theirs = { ...office, zone: 'Europe/Berlin' };
  edit('', theirs);
  const outcome = await hours.put('', 1, { ...office, zone: 'UTC' });
  expect(outcome).toEqual({ kind: 'conflict', theirs: { version: 2, hours: theirs } });
  expect(stored.get('')?.hours).toEqual(theirs);
});

test.each([
  ['refused', { type: 'error', code: 'forbidden', message: 'no' } as ServerFrame, 'forbidden', 'no'],
  ['not answered', undefined, 'unavailable', ''],
])('%s: the reason is returned', async (_, answer, code, message) => {
  const hours = new HoursStore(async () => answer);
  expect(await hours.put('', 0, office)).toEqual({ kind: 'failed', code, message });
  await hours.load('');
  expect(hours.state).toMatchObject({ failed: code, shops: {} });
});

test('what is typed stays apart for each shop', () => {
  const { hours } = shops(['tea']);
  const draft = { version: 1, base: office, hours: office };
  hours.setDraft('', draft);
  hours.setDraft('tea', { ...draft, version: 2 });
  hours.setDraft('', undefined);
  expect(hours.state.drafts).toEqual({ tea: { ...draft, version: 2 } });
});
