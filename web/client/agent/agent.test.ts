import { expect, test } from 'vitest';
import { memoryStore } from '../line/storage';
import { agent, customer, KIM, LEE, openChat, textsIn } from '../testing/sessions';
import { World } from '../testing/world';
import type { Agent } from './agent';

async function crowd(world: World, count: number) {
  const people = Array.from({ length: count }, (_, i) => customer(world, undefined, `c_${i}`));
  for (const person of people) person.open();
  await world.pass(100);
  for (const person of people) {
    person.start();
    await world.pass(10);
  }
  return people;
}

const said = (session: Agent, room: string) => textsIn(session.state.rooms[room]?.items ?? []);

test('the desk has the agent, the colleagues, and the queue with the oldest first', async () => {
  const world = new World();
  const people = await crowd(world, 3);
  const kim = agent(world);
  const lee = agent(world, LEE);
  kim.open();
  lee.open();
  await world.pass(31_000);
  expect(kim.state).toMatchObject({ line: 'open', me: { id: KIM }, status: 'online' });
  expect(kim.state.queue.map(({ id }) => id)).toEqual(people.map(({ state }) => state.room?.id));
  expect(kim.state.agents.map(({ id }) => id)).toEqual([KIM, LEE]);
  expect(world.sent(KIM, 'queue')).toHaveLength(1);
});

test('a colleague who has just connected can be transferred to', async () => {
  const world = new World();
  const kim = agent(world);
  const lee = agent(world, LEE);
  kim.open();
  await world.pass(100);
  lee.open();
  await world.pass(100);
  void kim.request({ action: 'queue' });
  await world.pass(100);
  expect(kim.state.agents.map(({ id }) => id)).toEqual([KIM, LEE]);
  expect(world.sent(KIM, 'queue')).toHaveLength(1);
});

test('waiting counts also the rooms that the queue leaves out', async () => {
  const world = new World();
  await crowd(world, 2);
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  const [room] = kim.state.queue;
  expect(kim.state.waiting).toBe(2);
  world.post(world.line(KIM), {
    type: 'desk',
    agent: kim.state.me,
    status: 'online',
    rooms: [],
    queue: [room],
    waiting: 51,
  });
  await world.pass(50);
  expect(kim.state).toMatchObject({ queue: [{ id: room?.id }], waiting: 51 });
});

test('twenty rooms at once: each text in its own room, all there again after a reload', async () => {
  const world = new World();
  const people = await crowd(world, 20);
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  for (const { id } of kim.state.queue) kim.take(id);
  await world.pass(200);
  expect(kim.state.queue).toEqual([]);
  for (const [i, person] of people.entries()) {
    for (let n = 0; n < 12; n++) person.send(`${i}: ${n}`);
    kim.send(person.state.room?.id ?? '', `hello ${i}`);
  }
  await world.pass(1_000);
  const check = (session: Agent) => {
    for (const [i, person] of people.entries()) {
      const room = person.state.room?.id ?? '';
      const theirs = Array.from({ length: 12 }, (_, n) => `${i}: ${n}`);
      expect(said(session, room).filter((text) => !text.startsWith('hello'))).toEqual(theirs);
      expect(said(session, room).filter((text) => text.startsWith('hello'))).toEqual([`hello ${i}`]);
      expect(session.state.rooms[room]).toMatchObject({ mine: true, unread: 12 });
    }
  };
  check(kim);
  kim.close();
  const again = agent(world);
  again.open();
  await world.pass(2_000);
  check(again);
});

test('of two agents who take a room one gets it, and the other gets an error', async () => {
  const world = new World();
  const [alice] = await crowd(world, 1);
  const room = alice?.state.room?.id ?? '';
  const kim = agent(world);
  const lee = agent(world, LEE);
  kim.open();
  lee.open();
  await world.pass(100);
  kim.take(room);
  lee.take(room);
  await world.pass(100);
  expect(kim.state.rooms[room]?.mine).toBe(true);
  expect(lee.state).toMatchObject({ queue: [], error: { code: 'taken', room } });
  expect(lee.state.rooms[room]?.mine ?? false).toBe(false);
  lee.dismissError();
  expect(lee.state.error).toBeUndefined();
});

test('a take whose answer is lost is repeated, and the room is mine', async () => {
  const world = new World();
  const [alice] = await crowd(world, 1);
  const room = alice?.state.room?.id ?? '';
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  world.down = (_frame, to) => to.who === KIM;
  kim.take(room);
  await world.pass(1_000);
  world.down = () => false;
  await world.pass(5_000);
  expect(kim.state.rooms[room]).toMatchObject({ mine: true, room: { status: 'active' } });
  expect(kim.state.rooms[room]?.items.map(({ event }) => event)).toEqual(['opened', 'taken']);
  expect(kim.state.error).toBeUndefined();
});

test('a message that overtakes the answer to a take brings no join, and is not lost', async () => {
  const world = new World();
  const [alice] = await crowd(world, 1);
  const room = alice?.state.room?.id ?? '';
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  world.down = ({ type }, to) => to.who === KIM && type === 'room';
  kim.take(room);
  await world.pass(50);
  alice?.send('Hello?');
  await world.pass(50);
  world.down = () => false;
  expect(world.sent(KIM, 'join')).toHaveLength(1);
  await world.pass(200); // as long as any gap may stay
  expect(world.sent(KIM, 'join')).toHaveLength(2);
  expect(said(kim, room)).toEqual(['Hello?']);
  const other = (await crowd(world, 2))[1]?.state.room?.id ?? '';
  world.down = ({ type, re }, to) => to.who === KIM && type === 'room' && !re; // who acts gets the room in the answer alone
  kim.take(other);
  await world.pass(1_000);
  expect(kim.state.rooms[other]?.mine).toBe(true);
  expect(world.sent(KIM, 'join')).toHaveLength(2);
});

test('released: back in the queue, no longer mine; taken again, numbers go on', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  kim.send(room, 'one');
  kim.release(room);
  await world.pass(500);
  expect(kim.state.rooms[room]).toMatchObject({ mine: false, room: { status: 'waiting' } });
  expect(kim.state.queue.map(({ id }) => id)).toEqual([room]);
  kim.take(room);
  await world.pass(200);
  kim.send(room, 'two');
  await world.pass(200);
  expect(textsIn(alice.state.items)).toEqual(['one', 'two']);
});

test('a transfer whose answer is lost is repeated; the other has the room and its history', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const lee = agent(world, LEE);
  lee.open();
  alice.send('hello');
  await world.pass(200);
  world.down = (_frame, to) => to.who === KIM;
  kim.transfer(room, LEE);
  await world.pass(1_000);
  world.down = () => false;
  await world.pass(5_000);
  expect(kim.state.rooms[room]?.mine).toBe(false);
  expect(kim.state.error).toBeUndefined();
  expect(lee.state.rooms[room]?.mine).toBe(true);
  expect(said(lee, room)).toEqual(['hello']);
  lee.send(room, 'I am Lee');
  await world.pass(200);
  expect(textsIn(alice.state.items)).toEqual(['hello', 'I am Lee']);
  expect(world.sent(KIM, 'transfer')).toHaveLength(2);
});

test('a transfer to an absent agent shows an error', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  kim.transfer(room, LEE);
  await world.pass(20_000);
  expect(kim.state).toMatchObject({
    error: { code: 'unavailable', room },
    rooms: { [room]: { mine: true } },
  });
});

test('a text that reaches the server after a transfer fails only once the server has refused it', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const lee = agent(world, LEE);
  lee.open();
  await world.pass(100);
  world.up = (frame) => frame.action === 'message';
  kim.send(room, 'late');
  await world.pass(100);
  world.server['seatAgent'](world.server.room(room), LEE, world.line(LEE));
  world.server['event'](world.server.room(room), 'transferred');
  await world.pass(1_000);
  expect(kim.state.rooms[room]?.items.at(-1)).toMatchObject({ text: 'late', state: 'sending' });
  world.up = () => false;
  await world.pass(5_000);
  expect(kim.state.rooms[room]?.items.at(-1)).toMatchObject({ text: 'late', state: 'failed' });
  expect(kim.state.rooms[room]?.mine).toBe(false);
  kim.discard(room, kim.state.rooms[room]?.items.at(-1)?.key ?? '');
  expect(said(kim, room)).toEqual([]);
});

test('a room that came while every push was lost is found by the next queue answer', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const lee = agent(world, LEE);
  lee.open();
  await world.pass(100);
  world.down = (frame, to) => to.who === LEE && frame.re === undefined;
  kim.transfer(room, LEE);
  await world.pass(31_000);
  expect(lee.state.rooms[room]?.mine).toBe(true);
});

test('a dead connection is noticed within 5 s of asking for the queue', async () => {
  const world = new World();
  const kim = agent(world);
  kim.open();
  await world.pass(29_000);
  world.line(KIM).dead = true;
  await world.pass(7_000);
  expect(world.connections).toHaveLength(2);
  expect(kim.state.line).toBe('open');
});

test('a frame about an own room that overtakes the first desk leaves the room mine', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  kim.close();
  await world.pass(100);
  const again = agent(world);
  world.down = (frame, to) => {
    if (frame.type !== 'desk') return false;
    const [part] = frame.rooms;
    to.on.onmessage({
      data: JSON.stringify({ type: 'room', room: { ...part.room, rev: part.room.rev + 1 } }),
    });
    return false;
  };
  again.open();
  await world.pass(1_000);
  expect(again.state.rooms[room]).toMatchObject({ mine: true });
});

test('away is repeated until it is answered, and outlives the connection', async () => {
  const world = new World();
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  let lost = 0;
  world.up = (frame) => frame.action === 'status' && lost++ < 1;
  kim.setStatus('away');
  expect(kim.state.status).toBe('away');
  await world.pass(6_000);
  expect(world.sent(KIM, 'status')).toHaveLength(2);
  world.close(world.line(KIM));
  await world.pass(2_000);
  expect(kim.state).toMatchObject({ line: 'open', status: 'away' });
});

test('a waiting room can be read before it is taken: its own texts and those of earlier chats', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  alice.send('first chat');
  await world.pass(100);
  kim.end(room);
  await world.pass(500);
  alice.send('second chat');
  await world.pass(1_000);
  const second = alice.state.room?.id ?? '';
  const lee = agent(world, LEE);
  lee.open();
  await world.pass(100);
  const newest = lee.newest(second);
  await world.pass(100);
  await newest;
  expect(lee.state.rooms[second]).toMatchObject({ mine: false, pastMore: false });
  expect(said(lee, second)).toEqual(['second chat']);
  expect(textsIn(lee.state.rooms[second]?.past ?? [])).toEqual(['first chat']);
  lee.take(second);
  await world.pass(200);
  expect(said(lee, second)).toEqual(['second chat']);
});

test('an agent who opens a waiting room sees new texts, and each page is fetched once', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const write = async (first: number, count: number) => {
    for (let n = first; n < first + count; n++) alice.send(`${n}`);
    await world.pass(60_000); // the queue tells of it
  };
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`);
  await write(1, 70);
  kim.release(room);
  const lee = agent(world, LEE);
  lee.open();
  await world.pass(1_000);
  const pages = async (fetch: () => Promise<void>) => {
    const before = world.sent(LEE, 'history').length;
    void fetch();
    await world.pass(1_000);
    return world.sent(LEE, 'history').length - before;
  };
  const newest = () => pages(() => lee.newest(room));
  const older = () => pages(() => lee.older(room));

  expect(await newest()).toBe(1);
  expect(await newest()).toBe(0);
  expect(said(lee, room).at(-1)).toBe('70');
  expect(await older()).toBe(1);
  const had = said(lee, room);
  await write(71, 2);
  expect(said(lee, room)).toEqual(had);
  expect(await newest()).toBe(1);
  expect(said(lee, room)).toEqual([...had, '71', '72']);
  expect(await older()).toBe(1);
  expect(said(lee, room)).toEqual(numbers(1, 72));
  expect(await older()).toBe(0);

  // More than a page: older() fetches the messages in between.
  await write(73, 40);
  await newest();
  expect(said(lee, room)).toEqual([...numbers(1, 72), ...numbers(83, 112)]);
  await older();
  expect(said(lee, room)).toEqual(numbers(1, 112));
});

test('unsent texts outlive a reload of the console', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice, kim, room } = await openChat(world);
  kim.release(room);
  await world.pass(200);
  const lee = agent(world, LEE, store);
  lee.open();
  await world.pass(100);
  lee.take(room);
  await world.pass(100);
  world.down = (frame) => frame.type === 'ack';
  lee.send(room, 'one');
  lee.send(room, 'two');
  await world.pass(100);
  lee.close();
  world.down = () => false;
  const again = agent(world, LEE, store);
  again.open();
  await world.pass(1_000);
  expect(textsIn(alice.state.items)).toEqual(['one', 'two']);
  expect(said(again, room)).toEqual(['one', 'two']);
});

test('unchanged parts of the state stay the same objects', async () => {
  const world = new World();
  const people = await crowd(world, 2);
  const kim = agent(world);
  kim.open();
  await world.pass(100);
  for (const { id } of kim.state.queue) kim.take(id);
  await world.pass(200);
  const [first, second] = people.map(({ state }) => state.room?.id ?? '');
  const before = kim.state;
  people[0]?.send('hello');
  await world.pass(100);
  expect(kim.state.rooms[first ?? '']).not.toBe(before.rooms[first ?? '']);
  expect(kim.state.rooms[second ?? '']).toBe(before.rooms[second ?? '']);
});
