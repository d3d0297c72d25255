import { expect, test } from 'vitest';
import { memoryStore } from '../line/storage';
import { ALICE, customer, openChat, textsIn } from '../testing/sessions';
import { World } from '../testing/world';

test('a customer has no room until they start one', async () => {
  const world = new World();
  const alice = customer(world);
  expect(alice.state).toMatchObject({ line: 'idle', room: undefined });
  alice.open();
  await world.pass(100);
  expect(alice.state).toMatchObject({ line: 'open', room: null, items: [] });
  alice.start({ name: 'Alice', topic: 'socks' });
  await world.pass(100);
  expect(alice.state.room).toMatchObject({ status: 'waiting', seq: 1 });
  expect(world.sent(ALICE, 'join').at(-1)).toMatchObject({
    start: true,
    profile: { name: 'Alice', topic: 'socks' },
  });
});

test('a text without a room starts one and goes there', async () => {
  const world = new World();
  const alice = customer(world);
  alice.send('  hello\u0007 \n');
  expect(alice.state.items).toMatchObject([{ text: 'hello', state: 'sending' }]);
  alice.open();
  await world.pass(300);
  expect(textsIn(alice.state.items)).toEqual(['hello']);
  expect(alice.state.items.at(-1)?.seq).toBe(2);
  expect(world.server.rooms.size).toBe(1);
});

test('texts are sent one at a time and in order, and keep their keys after the ack', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  for (const text of ['one', 'two', 'three']) alice.send(text);
  const keys = alice.state.items.slice(-3).map(({ key }) => key);
  expect(world.sent(ALICE, 'message')).toHaveLength(1);
  await world.pass(200);
  expect(alice.state.items.slice(-3).map(({ key, state }) => [key, state])).toEqual(
    keys.map((key) => [key, undefined]),
  );
  expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['one', 'two', 'three']);
  expect(world.sent(ALICE, 'message').map(({ no }) => no)).toEqual([1, 2, 3]);
});

test('the line drops in the middle of sending and comes back', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  world.up = (frame, from) => {
    if (frame.action !== 'message' || from !== world.connections[1]) return false;
    world.close(from);
    return true;
  };
  alice.send('still there?');
  await world.pass(5);
  expect(alice.state).toMatchObject({ line: 'lost', lostSince: expect.any(Number) });
  await world.pass(1_000);
  expect(alice.state).toMatchObject({ line: 'open', room: { id: room } });
  expect(alice.state.lostSince).toBeUndefined();
  expect(textsIn(alice.state.items)).toEqual(['still there?']);
  expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['still there?']);
  expect(world.sent(ALICE, 'message').map(({ no }) => no)).toEqual([1, 1]);
});

test('a lost ack: the same number again after 5 s, stored and shown once', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  let swallow = true;
  world.down = (frame) => frame.type === 'ack' && swallow;
  alice.send('once');
  await world.pass(4_900);
  expect(world.sent(ALICE, 'message')).toHaveLength(1);
  swallow = false;
  await world.pass(200);
  expect(world.sent(ALICE, 'message')).toMatchObject([
    { no: 1, text: 'once' },
    { no: 1, text: 'once' },
  ]);
  expect(textsIn(alice.state.items)).toEqual(['once']);
  expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['once']);
});

test('a text that a join shows before its ack is not shown twice', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  world.down = (frame) => frame.type === 'ack';
  alice.send('once');
  const { key } = alice.state.items.at(-1) ?? {};
  await world.pass(100);
  world.close(world.line(ALICE));
  await world.pass(1_000);
  expect(alice.state.items.filter(({ text }) => text === 'once')).toMatchObject([{ seq: 3, key }]);
  world.down = () => false;
  await world.pass(6_000);
  expect(alice.state.items.filter(({ text }) => text === 'once')).toMatchObject([{ seq: 3, key }]);
});

test.each([
  ['an error of the gateway itself', { message: 'Internal server error', connectionId: 'x', requestId: 'y' }],
  [
    'an error that says retry',
    { type: 'error', code: 'unavailable', message: '', retry: true, room: 'R1', no: 1 },
  ],
])('%s: the text is sent again within two seconds', async (_name, error) => {
  const world = new World();
  const { alice } = await openChat(world);
  let first = true;
  world.up = (frame, from) => {
    if (frame.action !== 'message' || !first) return false;
    first = false;
    world.post(from, error);
    return true;
  };
  alice.send('hello');
  await world.pass(2_000);
  expect(world.sent(ALICE, 'message').map(({ no }) => no)).toEqual([1, 1]);
  expect(alice.state.items.at(-1)).toMatchObject({ text: 'hello', seq: 3 });
});

test('another device used the number: the text gets the one that the server expects', async () => {
  const world = new World();
  const { alice, room } = await openChat(world);
  const seat = world.server.room(room).seats.customer;
  seat.no = 4;
  seat.sent.set(1, { who: ALICE, text: 'of another device', seq: 1 });
  alice.send('mine');
  await world.pass(200);
  expect(world.sent(ALICE, 'message').map(({ no }) => no)).toEqual([1, 5]);
  expect(alice.state.items.at(-1)).toMatchObject({ text: 'mine', seq: 3 });
});

test('a void number stays empty and is not asked for again', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const stored = world.server.room(room);
  stored.given.set(++stored.seq, world.clock.now);
  kim.send(room, 'after the hole');
  await world.pass(1_000);
  expect(textsIn(alice.state.items)).toEqual(['after the hole']);
  await world.pass(10_000);
  expect(stored.voids.has(3)).toBe(true);
  const joins = world.sent(ALICE, 'join').length;
  await world.pass(20_000);
  expect(world.sent(ALICE, 'join').length).toBe(joins);
  world.server['tell'](stored, 'customer', {
    type: 'message',
    room,
    message: { seq: 3, from: 'agent', text: 'ghost', at: 0 },
  });
  await world.pass(100);
  expect(textsIn(alice.state.items)).toEqual(['after the hole']);
});

test('a text whose number became void is sent again under the next number', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const stored = world.server.room(room);
  world.up = (frame) => {
    if (frame.action !== 'message' || stored.seq > 2 || frame.text !== 'slow') return false;
    stored.given.set(++stored.seq, world.clock.now); // the writer died after this
    stored.seats.customer.no = 1;
    stored.seats.customer.sent.set(1, { who: ALICE, text: 'slow', seq: 3 });
    stored.voids.add(3);
    return true;
  };
  alice.send('slow');
  await world.pass(6_000);
  expect(world.sent(ALICE, 'message').map(({ no }) => no)).toEqual([1, 1, 2]);
  expect(alice.state.items.filter(({ text }) => text === 'slow')).toMatchObject([{ seq: 4 }]);
  await world.pass(3_000);
  expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['slow']);
});

test('a join fills a gap page by page from the last complete seq; repeats are dropped', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  world.down = (frame, to) => to.who === ALICE && frame.type === 'message' && frame.message.seq < 20;
  for (let i = 3; i <= 20; i++) kim.send(room, `text ${i}`);
  await world.pass(2_000);
  const wanted = Array.from({ length: 18 }, (_, i) => `text ${i + 3}`);
  expect(textsIn(alice.state.items)).toEqual(wanted);
  expect(
    world
      .sent(ALICE, 'join')
      .slice(2)
      .map(({ since }) => since),
  ).toEqual([2, 7, 12, 17]);
  const message = world.server.room(room).messages.get(5);
  for (let i = 0; i < 3; i++) world.post(world.line(ALICE), { type: 'message', room, message });
  await world.pass(100);
  expect(textsIn(alice.state.items)).toEqual(wanted);
});

test('the room ends while a text is unanswered: it fails only once the server has refused it', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  world.up = (frame) => frame.action === 'message';
  alice.send('too late');
  kim.end(room);
  await world.pass(1_000);
  expect(alice.state.room).toMatchObject({ status: 'ended', reason: 'agent_ended' });
  expect(alice.state.items.at(-1)).toMatchObject({ text: 'too late', state: 'sending' });
  world.up = () => false;
  await world.pass(5_000);
  const failed = alice.state.items.at(-1);
  expect(failed).toMatchObject({ text: 'too late', state: 'failed', room });
  alice.retry(failed?.key ?? '');
  await world.pass(1_000);
  expect(alice.state.room).toMatchObject({ status: 'waiting' });
  expect(alice.state.room?.id).not.toBe(room);
  expect(textsIn(alice.state.items)).toEqual(['too late']);
  expect(alice.state.past.map(({ event }) => event)).toEqual(['opened', 'taken', 'ended']);
});

test('a text stored before the end whose ack was lost is acknowledged after the end', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  world.down = (frame) => frame.type === 'ack';
  alice.send('in time');
  await world.pass(100);
  kim.end(room);
  await world.pass(1_000);
  world.down = () => false;
  await world.pass(5_000);
  expect(alice.state.items.filter(({ text }) => text === 'in time')).toMatchObject([{ seq: 3 }]);
  expect(alice.state.items.some(({ state }) => state)).toBe(false);
});

test('a start whose answer was lost opens no second room', async () => {
  const world = new World();
  const alice = customer(world);
  alice.open();
  await world.pass(100);
  world.down = (frame) => frame.type !== 'pong';
  alice.start();
  await world.pass(1_000);
  world.server.end(world.server.room('R1'), 'idle');
  world.down = () => false;
  await world.pass(20_000);
  expect(world.server.rooms.size).toBe(1);
  expect(alice.state.room).toMatchObject({ id: 'R1', status: 'ended' });
});

test('of presences and room objects the one with the highest rev counts, in whatever order they come', async () => {
  const world = new World();
  const { alice, room } = await openChat(world);
  const { rev = 0 } = alice.state.room ?? {};
  const line = world.line(ALICE);
  const presence = (online: boolean, at: number) => ({
    type: 'presence',
    room,
    who: 'agent',
    online,
    at: 0,
    rev: at,
  });
  world.post(line, presence(false, rev + 5));
  world.post(line, presence(true, rev + 4));
  world.post(line, { type: 'room', room: { ...alice.state.room, status: 'waiting', rev: rev - 1 } });
  await world.pass(50);
  expect(alice.state).toMatchObject({ peerOnline: false, room: { status: 'active', rev } });
  world.post(line, presence(true, rev + 6));
  await world.pass(50);
  expect(alice.state.peerOnline).toBe(true);
});

test('read marks and typing', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  alice.typing();
  alice.typing();
  await world.pass(10);
  expect(world.sent(ALICE, 'typing')).toHaveLength(1);
  expect(kim.state.rooms[room]?.peerTyping).toBe(true);
  alice.send('hello');
  await world.pass(50);
  expect(kim.state.rooms[room]).toMatchObject({ peerTyping: false, unread: 1 });
  kim.seen(room);
  await world.pass(50);
  expect(kim.state.rooms[room]?.unread).toBe(0);
  expect(alice.state.readByPeer).toBe(3);
  kim.typing(room);
  await world.pass(4_000);
  expect(alice.state.peerTyping).toBe(true);
  await world.pass(1_500);
  expect(alice.state.peerTyping).toBe(false);
});

test('a reload keeps the conversation, the unsent texts and the number of the one under way', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice, kim, room } = await openChat(world, store);
  alice.send('before');
  await world.pass(100);
  world.down = (frame) => frame.type === 'ack';
  alice.send('under way');
  alice.send('waiting');
  await world.pass(100);
  alice.close();
  const again = customer(world, store);
  again.open();
  await world.pass(0);
  expect(textsIn(again.state.items)).toEqual(['before', 'under way', 'waiting']);
  world.down = () => false;
  await world.pass(500);
  expect(textsIn(again.state.items)).toEqual(['before', 'under way', 'waiting']);
  expect(again.state.items.every(({ state }) => !state)).toBe(true);
  expect(world.sent(ALICE, 'message').map(({ no, text }) => [no, text])).toEqual([
    [1, 'before'],
    [2, 'under way'],
    [2, 'under way'],
    [3, 'waiting'],
  ]);
  expect(textsIn(kim.state.rooms[room]?.items ?? [])).toEqual(['before', 'under way', 'waiting']);
});

test('after a crash right after sending: the number was stored before the frame was sent', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice } = await openChat(world, store);
  world.down = (frame) => frame.type === 'ack';
  alice.send('once');
  const kept = memoryStore();
  kept.set('rejoin/c_alice', store.get('rejoin/c_alice') ?? '');
  await world.pass(100);
  world.down = () => false;
  const again = customer(world, kept);
  again.open();
  await world.pass(1_000);
  expect(textsIn(again.state.items)).toEqual(['once']);
  expect(world.sent(ALICE, 'message').map(({ no }) => no)).toEqual([1, 1]);
});

test('past chats come page by page, oldest first, without the current one', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  for (let i = 0; i < 40; i++) kim.send(room, `old ${i}`);
  await world.pass(2_000);
  alice.end();
  await world.pass(1_000);
  const fresh = customer(world);
  fresh.open();
  await world.pass(500);
  fresh.start();
  await world.pass(500);
  expect(fresh.state).toMatchObject({ pastMore: true, room: { status: 'waiting' } });
  for (let i = 0; i < 4; i++) {
    const older = fresh.older();
    await world.pass(100);
    await older;
  }
  expect(textsIn(fresh.state.past)).toEqual(Array.from({ length: 40 }, (_, i) => `old ${i}`));
  expect(fresh.state.pastMore).toBe(false);
  expect(new Set(fresh.state.past.map(({ key }) => key)).size).toBe(fresh.state.past.length);
});

test('ending a chat waits for the texts written before', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  alice.send('thanks');
  alice.end();
  await world.pass(500);
  expect(alice.state.items.at(-2)).toMatchObject({ text: 'thanks', seq: 3 });
  expect(alice.state.room).toMatchObject({ status: 'ended', reason: 'customer_ended' });
});

test('a rating outlives a reload until the server has it, and an older answer does not remove it', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice, kim, room } = await openChat(world, store);
  kim.end(room);
  await world.pass(100);
  world.up = (frame) => frame.action === 'rate';
  alice.rate({ score: 4, comment: 'kind' });
  await world.pass(10_000);
  expect(world.server.room(room).rating).toBeUndefined();
  alice.close();
  world.up = () => false;
  const again = customer(world, store);
  again.open();
  await world.pass(500);
  expect(world.server.room(room).rating).toEqual({ score: 4, comment: 'kind' });
  expect(again.state.room?.rating).toEqual({ score: 4, comment: 'kind' });
  const sent = world.sent(ALICE, 'rate').length;
  again.close();
  customer(world, store).open();
  await world.pass(500);
  expect(world.sent(ALICE, 'rate')).toHaveLength(sent);
});

test('an open chat is not rated', async () => {
  const world = new World();
  const { alice } = await openChat(world);
  alice.rate({ score: 1 });
  await world.pass(500);
  expect(world.sent(ALICE, 'rate')).toEqual([]);
});
