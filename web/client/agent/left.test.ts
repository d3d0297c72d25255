import { expect, test } from 'vitest';
import { agent, customer } from '../testing/sessions';
import { World } from '../testing/world';

/** A customer asks while nobody serves, and goes; then an agent comes. */
async function leftQuestion() {
  const world = new World();
  world.server.hours.serving = { state: 'nobody' };
  const alice = customer(world);
  alice.open();
  await world.pass(100);
  alice.send('Is anybody there?');
  await world.pass(500);
  alice.close();
  await world.pass(100);
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  return { world, alice, kim, room: alice.state.room?.id ?? '' };
}

test('a left question is listed, and does not wait', async () => {
  const { kim, room } = await leftQuestion();
  expect(kim.state).toMatchObject({ waiting: 0, left: 1, queue: [{ id: room, left: { open: 0 } }] });
});

test('when its customer is back, it waits', async () => {
  const { world, alice, kim, room } = await leftQuestion();
  alice.open();
  await world.pass(500);
  expect(kim.state).toMatchObject({ waiting: 1, left: 0, queue: [{ id: room }] });
  expect(kim.state.queue[0]).not.toHaveProperty('left');
});

test('it can be read before it is taken, and taken as one that waits', async () => {
  const { world, kim, room } = await leftQuestion();
  void kim.newest(room);
  await world.pass(100);
  expect(kim.state.rooms[room]?.items.at(-1)?.text).toBe('Is anybody there?');
  kim.take(room);
  await world.pass(200);
  expect(kim.state).toMatchObject({
    left: 0,
    queue: [],
    rooms: { [room]: { mine: true, peerOnline: false } },
  });
  kim.send(room, 'Now I am.');
  await world.pass(200);
  kim.release(room);
  await world.pass(31_000);
  expect(kim.state).toMatchObject({ waiting: 0, left: 1, rooms: { [room]: { mine: false } } });
});
