import { expect, test } from 'vitest';
import { agent, customer, LEE } from '../testing/sessions';
import { World } from '../testing/world';

test('a room that went, of which this agent was not told, goes when it is pressed and with the next queue answer', async () => {
  const world = new World();
  const people = [customer(world, undefined, 'c_1'), customer(world, undefined, 'c_2')];
  for (const person of people) person.open();
  await world.pass(100);
  for (const person of people) {
    person.start();
    await world.pass(10);
  }
  const [kim, lee] = [agent(world), agent(world, LEE)];
  kim.open();
  lee.open();
  await world.pass(100);
  world.down = (frame, to) => to.who === LEE && frame.remove !== undefined; // the server tells only some agents
  const [pressed = '', left = ''] = people.map(({ state }) => state.room?.id);
  kim.take(pressed);
  kim.take(left);
  await world.pass(100);
  expect(lee.state.queue.map(({ id }) => id)).toEqual([pressed, left]);
  lee.take(pressed);
  await world.pass(100);
  expect(lee.state.queue.map(({ id }) => id)).toEqual([left]);
  expect(lee.state.error).toMatchObject({ code: 'taken', room: pressed });
  await world.pass(31_000);
  expect(lee.state.queue).toEqual([]);
});
