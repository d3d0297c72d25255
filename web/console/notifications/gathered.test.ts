import { expect, test } from 'vitest';
import { Clock } from '../../client/testing/clock';
import { GATHER_MS, Gathered } from './gathered';
import type { AppNotification } from './notifications';

const waiting = (room: string, text = ''): AppNotification => ({ kind: 'waiting', room, name: room, text });

function gather() {
  const clock = new Clock();
  const notified: string[][] = [];
  const it = new Gathered(
    (all) => notified.push(all.map(({ room, text }) => `${room}${text}`)),
    () => clock.now,
    (ms, fn) => clock.after(ms, fn),
  );
  return { clock, notified, it };
}

test('many that come within a moment notify once', async () => {
  const { clock, notified, it } = gather();
  for (let i = 0; i < 6_000; i++) it.add([waiting(`r${i}`)]);
  expect(notified).toEqual([]);
  await clock.pass(GATHER_MS);
  expect(notified).toHaveLength(1);
  expect(notified[0]).toHaveLength(6_000);
});

test('one alone is notified of at once, and so is the next a second later', async () => {
  const { clock, notified, it } = gather();
  it.add([]);
  it.add([waiting('a')]);
  await clock.pass(GATHER_MS);
  expect(notified).toEqual([['a']]);
  await clock.pass(1_000);
  it.add([waiting('b')]);
  await clock.pass(GATHER_MS);
  expect(notified).toEqual([['a'], ['b']]);
});

test('a room that has several counts once, with its newest', async () => {
  const { clock, notified, it } = gather();
  it.add([waiting('a', '1'), waiting('b', '1')]);
  it.add([waiting('a', '2')]);
  await clock.pass(GATHER_MS);
  expect(notified).toEqual([['a2', 'b1']]);
});

test('a flood of ten a second is heard a few times, and none of it is lost', async () => {
  const { clock, notified, it } = gather();
  for (let i = 0; i < 600; i++) {
    it.add([waiting(`r${i}`)]);
    await clock.pass(100);
  }
  await clock.pass(60_000);
  expect(notified.length).toBeLessThanOrEqual(5);
  expect(notified.flat()).toEqual(Array.from({ length: 600 }, (_, i) => `r${i}`));
});

test('nothing is notified of after the end', async () => {
  const { clock, notified, it } = gather();
  it.add([waiting('a')]);
  it.close();
  await clock.pass(60_000);
  expect(notified).toEqual([]);
});
