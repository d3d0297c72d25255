import { afterEach, expect, test, vi } from 'vitest';
import { memoryStore } from '../line/storage';
import { ALICE, agent, customer, KIM, openChat, textsIn } from '../testing/sessions';
import { World } from '../testing/world';
import { json } from '../wire/json';

/** As in Prototype.js before 1.7: returns a string. */
function old(this: unknown[]): string {
  return `[${Array.prototype.map.call(this, (it) => JSON.stringify(it)).join(', ')}]`;
}

afterEach(() => {
  Reflect.deleteProperty(Array.prototype, 'toJSON');
});

const pollute = (type: { prototype: object }, toJSON: unknown) =>
  Object.defineProperty(type.prototype, 'toJSON', { value: toJSON, configurable: true, enumerable: true });

test('JSON is the same where a page has added toJSON to arrays', () => {
  const value = { a: [1, 'x"', null, { b: [] }], c: undefined, d: true, e: 1.5 };
  const plain = JSON.stringify(value);
  expect(json(value)).toBe(plain);
  pollute(Array, old);
  const made = json(value);
  Reflect.deleteProperty(Array.prototype, 'toJSON');
  expect(made).toBe(plain);
});

test('on a page with Array.prototype.toJSON a text outlives a reload, and the panel is not empty', async () => {
  pollute(Array, old);
  const world = new World();
  const store = memoryStore();
  const { alice, kim, room } = await openChat(world, store);
  world.up = ({ action }) => action === 'message';
  alice.send('on its way');
  await world.pass(100);
  alice.close();
  world.up = () => false;
  const again = customer(world, store);
  again.open();
  await world.pass(100);
  expect(textsIn(again.state.items)).toEqual(['on its way']);
  kim.send(room, 'hello');
  await world.pass(5_000);
  expect(textsIn(again.state.items)).toEqual(['on its way', 'hello']);
});

const room = { id: 'R1', rev: 1, status: 'active', seq: 1, customer: {}, read: {} };

test.each([
  'rubbish',
  'null',
  '7',
  '[]',
  '{}',
  '{"v":0,"room":"R1","threads":[],"homeless":[]}',
  '{"v":1,"threads":"[{}]","homeless":7}',
  '{"v":1,"room":"R1","threads":[{"id":"R1"}]}',
  '{"v":1,"room":"R1","threads":[{"id":"R1","own":[{}],"keys":5,"void":7}]}',
  '{"v":1,"room":{},"threads":[null,5,{"id":"R1","own":[],"room":{}}],"homeless":[null,{"key":1}]}',
  JSON.stringify({
    v: 1,
    room: 'R1',
    threads: [{ id: 'R1', own: [], room, messages: [null, { seq: 1 }], keys: 5 }],
  }),
])('stored data of another shape is discarded: %s', async (kept) => {
  const world = new World();
  const { alice } = await openChat(world);
  alice.send('hello');
  await world.pass(100);
  for (const who of [ALICE, KIM]) {
    const store = memoryStore();
    for (const key of [`rejoin/${who}`, `rejoin/${who}undefined`]) store.set(key, kept);
    const again = who === KIM ? agent(world, KIM, store) : customer(world, store);
    again.open();
    await world.pass(5_000);
    expect(again.state.line).toBe('open');
    const shown = 'rooms' in again.state ? again.state.rooms.R1?.items : again.state.items;
    expect(textsIn(shown ?? [])).toEqual(['hello']);
    again.close();
  }
});

test.each([
  { type: 'room', room: {} },
  { type: 'room', room: { id: 5, seq: 'x' } },
  { type: 'room', room: 'R1', messages: 7 },
  { type: 'room' },
  { type: 'message', room: 'R1' },
  { type: 'message', room: 'R1', message: { seq: -1, text: {}, at: 1e30 } },
  { type: 'desk' },
  { type: 'desk', agent: { id: KIM }, rooms: [{}, null, { room: {} }], queue: [null, {}] },
  { type: 'queue', add: {}, rooms: [{}, null], mine: [] },
  { type: 'history', messages: 5 },
  { type: 'ack', room: 'R1' },
  { type: 'presence', room: 'R1' },
  { type: 'mood', room: 'R1', happy: true },
  { type: 5, re: {} },
])('a frame of another shape is ignored: %j', async (frame) => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  alice.send('before');
  await world.pass(100);
  for (const who of [ALICE, KIM]) world.post(world.line(who), frame);
  await world.pass(30_000);
  alice.send('after');
  kim.send(room, 'and back');
  await world.pass(30_000);
  expect(textsIn(alice.state.items)).toEqual(['before', 'after', 'and back']);
  expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['before', 'after', 'and back']);
});

test('state that cannot be drawn is discarded once and fetched from the server', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  const world = new World();
  const store = memoryStore();
  const { alice } = await openChat(world, store);
  alice.send('hello');
  await world.pass(100);
  alice.close();
  const joins = () => world.sent(ALICE, 'join').length;
  const again = customer(world, store);
  let draws = 0;
  again.subscribe(() => {
    if (++draws < 3) throw new Error('no');
  });
  again.open();
  await world.pass(5_000);
  expect(textsIn(again.state.items)).toEqual(['hello']);
  expect(logged).toHaveBeenCalledWith('Rejoin:', expect.any(Error));
  const before = joins();
  await world.pass(20_000);
  expect(joins()).toBe(before);
});
