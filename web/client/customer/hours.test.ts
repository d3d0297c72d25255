import { expect, test } from 'vitest';
import { memoryStore } from '../line/storage';
import type { Wire } from '../testing/network';
import { ALICE, agent, customer } from '../testing/sessions';
import { World } from '../testing/world';

const CLOSED = { state: 'closed', until: 1_800_000_000_000, zone: 'Asia/Seoul', email: 'required' };
const NOBODY = { state: 'nobody' };

/** Adds the hours to each answer to a customer's join without an agent, as the real server does. */
function serve(world: World, hours: object | undefined): void {
  world.down = (frame: Wire) => {
    if (frame.type === 'room' && frame.re && frame.room?.status !== 'active') frame.hours = hours;
    return false;
  };
}

async function joined(hours: object | undefined, store = memoryStore()) {
  const world = new World();
  serve(world, hours);
  const alice = customer(world, store);
  alice.open();
  await world.pass(100);
  return { world, alice };
}

test.each([
  [undefined, undefined],
  [{ state: 'open' }, undefined],
  [CLOSED, CLOSED],
  [NOBODY, NOBODY],
])('%j in the answer to a join, without a room', async (told, shown) => {
  const { alice } = await joined(told);
  expect(alice.state.room).toBeNull();
  expect(alice.state.hours).toEqual(shown);
});

test('a customer who waits learns from a later join that the shop has opened, or has closed', async () => {
  const { world, alice } = await joined(CLOSED);
  alice.send('hello');
  await world.pass(100);
  expect(alice.state).toMatchObject({ room: { status: 'waiting' }, hours: CLOSED });
  serve(world, { state: 'open' });
  await world.pass(130_000); // the fifth heartbeat is a join
  expect(alice.state.hours).toBeUndefined();
  serve(world, NOBODY);
  await world.pass(130_000);
  expect(alice.state.hours).toEqual(NOBODY);
});

test('whoever has an agent is served, at once; when the chat is over, the next join tells', async () => {
  const { world, alice } = await joined(CLOSED);
  const kim = agent(world);
  kim.open();
  alice.send('hello');
  await world.pass(100);
  kim.take(alice.state.room?.id ?? '');
  await world.pass(100);
  expect(alice.state.room?.status).toBe('active');
  expect(alice.state.hours).toBeUndefined();
  alice.end();
  await world.pass(100);
  expect(alice.state.hours).toBeUndefined();
  alice.close();
  alice.open();
  await world.pass(100);
  expect(alice.state).toMatchObject({ room: { status: 'ended' }, hours: CLOSED });
});

test('a waiting room that ends while the customer looks on leaves the hours as they are', async () => {
  const { world, alice } = await joined(NOBODY);
  alice.send('hello');
  await world.pass(100);
  world.server.end(world.server.room(alice.state.room?.id ?? ''), 'agent_ended');
  await world.pass(100);
  expect(alice.state).toMatchObject({ room: { status: 'ended' }, hours: NOBODY });
});

test('a start without a good address is not repeated, and its text can be discarded', async () => {
  const { world, alice } = await joined(CLOSED);
  world.up = (frame, from) => {
    if (!frame.start) return false;
    world.post(from, { type: 'error', re: frame.id, code: 'invalid', message: 'No.', retry: false });
    return true;
  };
  alice.start({ name: 'Alice', email: 'alice@shop' });
  alice.send('hello');
  await world.pass(3_600_000);
  const starts = () => world.sent(ALICE, 'join').filter(({ start }) => start);
  expect(starts()).toHaveLength(1);
  expect(alice.state).toMatchObject({ line: 'open', room: null, hours: CLOSED });
  expect(alice.state.items).toMatchObject([{ text: 'hello', state: 'failed', why: 'invalid', room: '' }]);

  alice.discard(alice.state.items[0]?.key ?? '');
  expect(alice.state.items).toEqual([]);
  world.up = () => false;
  alice.start({ name: 'Alice', email: 'alice@shop.test' });
  alice.send('hello');
  await world.pass(100);
  expect(starts().at(-1)?.profile).toMatchObject({ name: 'Alice', email: 'alice@shop.test' });
  expect(alice.state.items.filter(({ text }) => text)).toMatchObject([{ text: 'hello', seq: 2 }]);
});

test('a reload shows a question that is left as such before the server answers: no place in a queue that nobody serves', async () => {
  const store = memoryStore();
  const { world, alice } = await joined(CLOSED, store);
  alice.send('hello');
  await world.pass(100);
  alice.close();
  world.down = () => true;
  const again = customer(world, store);
  again.open();
  await world.pass(100);
  expect(again.state).toMatchObject({ room: { status: 'waiting' }, hours: CLOSED });
});
