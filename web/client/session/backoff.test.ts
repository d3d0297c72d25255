import { expect, test } from 'vitest';
import { backoff, Repeat } from '../line/backoff';
import type { Connection, Wire } from '../testing/network';
import { ALICE, agent, customer, KIM, openChat, textsIn } from '../testing/sessions';
import { World } from '../testing/world';

const MINUTE = 60_000;
/** Until everything is sent, once the server answers again (docs/protocol.md). */
const RECOVERED = 45_000;
/** The gateway's own errors: they have no type, and do not say which frame failed. */
const GATEWAY = ['Internal server error', 'Too Many Requests', 'Limit exceeded', 'Forbidden'];

/** Turns away the frames for which `which` returns true. Returns when each of them came. */
function turnAway(world: World, message: string, which: (frame: Wire) => boolean = () => true) {
  const times: { at: number; who: string; action: string }[] = [];
  world.up = (frame: Wire, from: Connection) => {
    if (!which(frame)) return false;
    times.push({ at: world.clock.now, who: from.who, action: frame.action });
    world.post(from, { message, connectionId: from.id, requestId: 'x' });
    return true;
  };
  return times;
}

/** How many of the times fall into each minute. */
const perMinute = (from: number, times: { at: number }[]) =>
  times.reduce<number[]>((counts, { at }) => {
    const minute = Math.floor((at - from) / MINUTE);
    counts[minute] = (counts[minute] ?? 0) + 1;
    return counts;
  }, []);

test('a pause lies between 0.25 s and twice the last, 30 s at most', () => {
  const fx = (random: number) => ({ ...new World().browser(), random: () => random });
  const bounds = (random: number) => [1, 2, 3, 4, 5, 6, 7, 8, 40].map((n) => backoff(fx(random), n));
  expect(bounds(0)).toEqual(Array(9).fill(250));
  expect(bounds(1)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test('a frame without an answer is repeated after 5 s, then with growing pauses', () => {
  const fx = { ...new World().browser(), now: () => 0, random: () => 1 };
  const repeat = new Repeat();
  const waits = [1, 2, 3, 4].map(() => {
    repeat.dueAt = 0;
    repeat.markSent(fx);
    return repeat.dueAt;
  });
  expect(waits).toEqual([5_000, 6_000, 7_000, 9_000]);
});

test.each(GATEWAY)(
  'ten minutes of "%s": few frames, spread, and then everything is sent',
  async (message) => {
    const world = new World(5);
    const { alice, kim, room } = await openChat(world);
    const bob = customer(world, undefined, 'c_bob');
    bob.open();
    await world.pass(100);
    bob.start();
    await world.pass(100);
    const begin = world.clock.now;
    const times = turnAway(world, message);
    alice.send('one');
    bob.send('two');
    kim.send(room, 'three');
    kim.take(bob.state.room?.id ?? '');
    for (let second = 0; second < 600; second++) {
      alice.typing();
      kim.typing(room);
      await world.pass(1_000);
    }
    for (const who of [ALICE, 'c_bob', KIM]) {
      const own = times.filter((it) => it.who === who);
      const counts = perMinute(begin, own);
      // At first the pauses are short; then there are two frames in 30 s at most, and a heartbeat.
      expect(Math.max(...counts.slice(1)), `${who}: ${counts}`).toBeLessThanOrEqual(12);
      expect(own.length, `${who}: ${counts}`).toBeLessThanOrEqual(80);
      expect(own.length).toBeGreaterThan(10);
    }
    // Full jitter: what failed at one moment does not return at one moment.
    const late = (who: string) => times.filter((it) => it.who === who && it.at > begin + MINUTE);
    const seconds = (who: string) => new Set(late(who).map(({ at }) => Math.floor(at / 100)));
    const together = [...seconds(ALICE)].filter((second) => seconds('c_bob').has(second));
    expect(together.length).toBeLessThanOrEqual(2);

    world.up = () => false;
    await world.pass(RECOVERED);
    for (const { state } of [alice, bob, kim]) expect(state.line).toBe('open');
    expect(textsIn(alice.state.items).sort()).toEqual(['one', 'three']);
    expect(textsIn(bob.state.items)).toEqual(['two']);
    expect(alice.state.items.some(({ state }) => state)).toBe(false);
    expect(kim.state.rooms[bob.state.room?.id ?? '']?.mine).toBe(true);
  },
);

test.each(['message', 'read', 'typing', 'queue', 'history', 'take', 'join'])(
  'one kind of frame is turned away, the others are not held up: %s',
  async (action) => {
    const world = new World(8);
    const { alice, kim, room } = await openChat(world);
    const begin = world.clock.now;
    const times = turnAway(world, 'Too Many Requests', (frame) => frame.action === action);
    alice.send('hello');
    void kim.older(room);
    kim.take(room);
    for (let second = 0; second < 600; second++) {
      if (second % 20 === 0 && action !== 'message') {
        kim.send(room, `${second}`);
        alice.seen();
        alice.typing();
      }
      await world.pass(1_000);
    }
    const counts = perMinute(begin, times);
    expect(times.length, `${counts}`).toBeLessThanOrEqual(160);
    if (!/message|join/.test(action)) expect(textsIn(alice.state.items)).toHaveLength(31);
    world.up = () => false;
    await world.pass(RECOVERED);
    expect(textsIn(alice.state.items)).toContain('hello');
    expect(alice.state.items.some(({ state }) => state)).toBe(false);
    expect(kim.state.line).toBe('open');
  },
);

test('an agent with unsent texts in 60 rooms asks for one thing at a time', async () => {
  const world = new World(2);
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  for (let i = 0; i < 60; i++) {
    const one = customer(world, undefined, `c_${i}`);
    one.open();
    await world.pass(10);
    one.start();
    await world.pass(10);
  }
  for (const { id } of kim.state.queue) kim.take(id);
  await world.pass(1_000);
  const rooms = Object.values(kim.state.rooms).map(({ room }) => room.id);
  expect(rooms).toHaveLength(60);
  const times = turnAway(world, 'Too Many Requests', ({ action }) => action === 'message');
  for (const room of rooms) kim.send(room, 'hello');
  await world.pass(10 * MINUTE);
  // Each text once, before the first was turned away, and then as many as one client with one text.
  expect(times.length).toBeLessThanOrEqual(60 + 160);
  world.up = () => false;
  await world.pass(RECOVERED);
  for (const room of rooms) expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['hello']);
});

test('a connection that is closed after every burst is opened again with growing pauses, and nothing is lost', async () => {
  const world = new World(3);
  const { alice, kim, room } = await openChat(world);
  const begin = world.clock.now;
  const before = world.connections.length;
  let closes = true;
  world.up = (frame, from) => {
    if (from.who !== ALICE || frame.action === 'join' || !closes) return false;
    world.post(from, { type: 'error', code: 'rate_limited', message: '', retry: true });
    world.clock.after(20, () => world.close(from));
    return true;
  };
  for (let i = 0; i < 5; i++) alice.send(`${i}`);
  await world.pass(10 * MINUTE);
  expect(world.connections.length - before).toBeLessThanOrEqual(60);
  expect(world.clock.now - begin).toBe(10 * MINUTE);
  closes = false;
  await world.pass(RECOVERED);
  expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['0', '1', '2', '3', '4']);
});

test('a text without an answer is repeated less and less often', async () => {
  const world = new World(4);
  const { alice } = await openChat(world);
  world.up = ({ action }) => action === 'message';
  alice.send('hello');
  await world.pass(10 * MINUTE);
  const sent = world.sent(ALICE, 'message').length;
  expect(sent).toBeGreaterThan(15);
  expect(sent).toBeLessThanOrEqual(60);
});

test('a user who tries again does not wait, but only for one try', async () => {
  const world = new World(6);
  const { alice } = await openChat(world);
  const times = turnAway(world, 'Too Many Requests', ({ action }) => action === 'message');
  alice.send('hello');
  await world.pass(2 * MINUTE);
  const { key } = alice.state.items.at(-1) ?? { key: '' };
  const before = times.length;
  alice.retry(key);
  await world.pass(10);
  expect(times.length).toBe(before + 1);
  await world.pass(MINUTE);
  expect(times.length).toBeLessThanOrEqual(before + 12);
  world.up = () => false;
  alice.retry(key);
  await world.pass(100);
  expect(alice.state.items.at(-1)).toMatchObject({ text: 'hello', seq: 3 });
});
