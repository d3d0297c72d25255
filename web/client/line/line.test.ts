import { expect, test } from 'vitest';
import { customerSession } from '../customer/customer';
import { ALICE, customer, openChat, textsIn, WS } from '../testing/sessions';
import { World } from '../testing/world';
import { Refused } from './line';
import { memoryStore } from './storage';

const MINUTE = 60_000;

test('on screen: a ping every 25 s, and a join in place of every fifth', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  const { sent } = world.line(ALICE);
  sent.length = 0;
  await world.pass(250_500);
  expect(alice.state.line).toBe('open');
  expect(sent.map(({ action }) => action)).toEqual([
    ...['ping', 'ping', 'ping', 'ping', 'join'],
    ...['ping', 'ping', 'ping', 'ping', 'join'],
  ]);
});

test('hidden: a ping every 4 min and no joins; shown again: a join at once', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  alice.fx.shown = false;
  alice.fx.nudge();
  const { sent } = world.line(ALICE);
  sent.length = 0;
  await world.pass(21 * MINUTE);
  expect(sent.map(({ action }) => action)).toEqual(['ping', 'ping', 'ping', 'ping', 'ping']);
  alice.fx.shown = true;
  alice.fx.nudge();
  expect(sent.at(-1)).toMatchObject({ action: 'join' });
});

test('a dead connection is noticed within 5 s of a ping and opened again', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  world.line(ALICE).dead = true;
  await world.pass(24_800);
  expect(alice.state.line).toBe('open');
  await world.pass(5_100);
  expect(alice.state.line).toBe('lost');
  kim.send(room, 'are you there?');
  await world.pass(1_000);
  expect(alice.state.line).toBe('open');
  expect(textsIn(alice.state.items)).toEqual(['are you there?']);
});

test('full jitter from 0.25 s to 30 s, a fresh token for each attempt; at once when the page is shown', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  world.refuse = true;
  const before = world.connections.length;
  const times: number[] = [];
  world.close(world.line(ALICE));
  for (let i = 0; i < 3_000; i++) {
    const count = world.connections.length;
    await world.pass(100);
    if (world.connections.length > count) times.push(world.clock.now);
  }
  const waits = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(200);
  expect(Math.max(...waits)).toBeLessThanOrEqual(30_100);
  expect(Math.max(...waits)).toBeGreaterThan(10_000);
  expect(world.connections.length - before).toBeGreaterThan(12);
  expect(alice.state.line).toBe('lost');
  world.refuse = false;
  alice.fx.nudge();
  await world.pass(50);
  expect(alice.state.line).toBe('open');
});

test('renewed between 105 and 115 min: the next connection opens before the last one closes, and nothing is lost', async () => {
  const world = new World(7);
  const { alice, kim, room } = await openChat(world);
  const first = world.line(ALICE);
  const opened = world.clock.now;
  await world.pass(104 * MINUTE);
  expect(world.line(ALICE)).toBe(first);
  const lines = new Set<string>();
  alice.subscribe(({ line }) => lines.add(line));
  let count = 0;
  while (world.line(ALICE) === first) {
    if (count++ % 20 === 0) alice.send(`a${count}`);
    await world.pass(500);
  }
  expect(world.clock.now - opened).toBeLessThan(115.1 * MINUTE);
  alice.send('across');
  kim.send(room, 'the gap');
  await world.pass(1_000);
  expect(first.up).toBe(false);
  expect([...lines]).toEqual(['open']);
  const sent = world.sent(ALICE, 'message').map(({ text }) => text);
  expect(textsIn(kim.state.rooms[room]?.items ?? []).filter((text) => text !== 'the gap')).toEqual([
    ...new Set(sent),
  ]);
  expect(textsIn(alice.state.items)).toContain('the gap');
  expect(alice.state.items.some(({ state }) => state)).toBe(false);
});

test('replaced: waits for takeOver()', async () => {
  const world = new World();
  const { alice, room } = await openChat(world);
  const phone = customer(world);
  phone.open();
  await world.pass(1_000);
  expect(alice.state.line).toBe('replaced');
  expect(phone.state).toMatchObject({ line: 'open', room: { id: room } });
  alice.fx.nudge();
  await world.pass(10 * MINUTE);
  expect(alice.state.line).toBe('replaced');
  alice.takeOver();
  await world.pass(1_000);
  expect(alice.state.line).toBe('open');
  expect(phone.state.line).toBe('replaced');
});

test('replaced by its own late join: reconnects, a limited number of times', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const by = world.sent(ALICE, 'join')[0].device;
  expect(by).toMatch(/^[\w-]{1,64}$/);
  const replace = async () => {
    world.post(world.line(ALICE), { type: 'replaced', by });
    await world.pass(1_500);
  };
  await replace();
  kim.send(room, 'still there?');
  await world.pass(100);
  expect(alice.state.line).toBe('open');
  expect(textsIn(alice.state.items)).toEqual(['still there?']);
  await world.pass(60_000);
  for (let i = 0; i < 3; i++) await replace();
  expect(alice.state.line).toBe('open');
  await replace(); // a duplicated tab: two pages that bear one name
  expect(alice.state.line).toBe('replaced');
});

test('a reload keeps the device name', async () => {
  const world = new World();
  const store = memoryStore();
  for (let i = 0; i < 2; i++) {
    const alice = customer(world, store);
    alice.open();
    await world.pass(100);
    alice.close();
  }
  const names = new Set(world.sent(ALICE, 'join').map(({ device }) => device));
  expect(names.size).toBe(1);
});

test('a join at once after a sleep, because the server may have ended the connection', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  const { sent } = world.line(ALICE);
  await world.pass(20_000);
  sent.length = 0;
  world.clock.sleep(3 * MINUTE);
  await world.pass(100);
  expect(sent.map(({ action }) => action)).toEqual(['join']);
  expect(alice.state.line).toBe('open');
});

test('not_current without replaced: a new connection a second later, then with back-off', async () => {
  const world = new World();
  const alice = customer(world);
  world.up = (frame, from) => {
    if (frame.action !== 'join' || world.connections.length > 3) return false;
    world.post(from, { type: 'error', code: 'not_current', message: '', re: frame.id });
    return true;
  };
  alice.open();
  await world.pass(950);
  expect(world.connections).toHaveLength(1);
  await world.pass(150);
  expect(world.connections).toHaveLength(2);
  await world.pass(10_000);
  expect(alice.state.line).toBe('open');
});

test('a join without an answer on a live connection is repeated, then the line reconnects', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const first = world.line(ALICE);
  world.up = (frame, from) => frame.action === 'join' && from === first;
  world.down = (frame) => frame.type === 'message' && frame.message.seq === 3;
  kim.send(room, 'lost');
  kim.send(room, 'found');
  for (let i = 0; i < 20; i++) {
    await world.pass(1_000);
    world.post(first, { type: 'ack', room, no: 0, seq: 4, at: 0 });
  }
  expect(first.sent.filter(({ action }) => action === 'join').length).toBeGreaterThanOrEqual(4);
  expect(textsIn(alice.state.items)).toEqual(['lost', 'found']);
  expect(world.line(ALICE)).not.toBe(first);
});

test('no identity: refused, and open() tries again', async () => {
  const world = new World();
  let known = false;
  const token = async () => {
    if (!known) throw new Refused('log in');
    return `${btoa('{}')}.${btoa('{"sub":"c_alice"}')}.`;
  };
  const alice = customerSession({ ws: WS, token, effects: world.browser() });
  alice.open();
  await world.pass(60_000);
  expect(alice.state.line).toBe('refused');
  expect(world.connections).toHaveLength(0);
  known = true;
  alice.open();
  await world.pass(100);
  expect(alice.state.line).toBe('open');
});

test('whatever is no frame is ignored: an empty message, blanks, other JSON', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const line = world.line(ALICE);
  const before = JSON.stringify(alice.state);
  const sent = line.sent.length;
  const odd = ['', ' \n', 'null', '[]', '7', '"x"', '{', '<html>', undefined, new Blob(['{}'])];
  for (const data of odd) line.on.onmessage({ data } as never);
  await world.pass(10);
  expect(JSON.stringify(alice.state)).toBe(before);
  expect(line.sent).toHaveLength(sent);
  kim.send(room, 'still here');
  await world.pass(100);
  expect(textsIn(alice.state.items)).toEqual(['still here']);
});

test('a closed session sends nothing and has no timers', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  alice.close();
  const count = world.connections.length;
  await world.pass(10 * MINUTE);
  expect(alice.state.line).toBe('idle');
  expect(world.connections).toHaveLength(count);
});
