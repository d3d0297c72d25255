import { expect, test } from 'vitest';
import { memoryStore } from '../line/storage';
import type { Wire } from '../testing/network';
import { agent, customer, KIM, textsIn } from '../testing/sessions';
import { World } from '../testing/world';
import { MAX_JOIN_ROOMS } from '../wire/limits';

const ROOMS = 250;
const SLOW = { timeout: 60_000 };

/** An agent who holds many rooms, each with one text of its customer. */
async function busyAgent(world: World) {
  const store = memoryStore();
  const kim = agent(world, KIM, store);
  kim.open();
  await world.pass(100);
  const people = Array.from({ length: ROOMS }, (_, i) => customer(world, undefined, `c_${i}`));
  for (const one of people) {
    one.open();
    one.send('hello');
  }
  await world.pass(1_000);
  for (const { id } of kim.state.queue) kim.take(id);
  await world.pass(1_000);
  return { kim, people, store };
}

const textsOf = (kim: ReturnType<typeof agent>) =>
  Object.values(kim.state.rooms)
    .filter(({ mine }) => mine)
    .map(({ items }) => textsIn(items));

const joins = (world: World): Wire[] => world.line(KIM).sent.filter(({ action }) => action === 'join');

test('an agent with 250 rooms gets them all back, and no join names more than it may', SLOW, async () => {
  const world = new World();
  const { kim, store } = await busyAgent(world);
  kim.close();
  const again = agent(world, KIM, store);
  again.open();
  await world.pass(10_000);
  expect(textsOf(again)).toEqual(Array(ROOMS).fill(['hello']));
  for (const { rooms } of world.sent(KIM, 'join')) expect(rooms.length).toBeLessThanOrEqual(MAX_JOIN_ROOMS);
});

test(
  'rooms that no desk has shown are named by the next join, and those that nobody knew follow the queue',
  SLOW,
  async () => {
    const world = new World();
    const { kim, people } = await busyAgent(world);
    world.server.deskRooms = 90;
    world.close(world.line(KIM));
    await world.pass(5_000);
    const named = joins(world).flatMap(({ rooms }) => rooms.map(({ room }: Wire) => room));
    expect(new Set(named).size).toBe(ROOMS);
    const joinsAtOnce = joins(world).length;
    expect(joinsAtOnce).toBeLessThanOrEqual(4);
    await world.pass(20_000);
    expect(joins(world)).toHaveLength(joinsAtOnce); // nobody asks on and on
    expect(textsOf(kim)).toEqual(Array(ROOMS).fill(['hello']));

    kim.close();
    const elsewhere = agent(world);
    elsewhere.open();
    await world.pass(60_000);
    expect(textsOf(elsewhere)).toEqual(Array(ROOMS).fill(['hello']));
    people[200]?.send('are you there?');
    await world.pass(100);
    expect(textsOf(elsewhere).flat()).toContain('are you there?');
  },
);

test('rooms with unsent texts are named first, then the newest', SLOW, async () => {
  const world = new World();
  const { kim } = await busyAgent(world);
  const oldest = Object.keys(kim.state.rooms)[0] ?? '';
  world.up = ({ action }) => action === 'message';
  kim.send(oldest, 'not acknowledged yet');
  await world.pass(100);
  world.close(world.line(KIM));
  await world.pass(600);
  const [first] = joins(world);
  expect(first.rooms).toHaveLength(MAX_JOIN_ROOMS);
  expect(first.rooms[0].room).toBe(oldest);
  const created = first.rooms.slice(1).map(({ room }: Wire) => world.server.room(room).created);
  expect(created).toEqual([...created].sort((a, b) => b - a));
});
