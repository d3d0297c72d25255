import { expect, test } from 'vitest';
import { memoryStore } from '../line/storage';
import { ALICE, agent, customer } from '../testing/sessions';
import { World } from '../testing/world';

const HOUR = 3_600_000;
const PROFILE = { name: 'Alice', email: 'alice@shop.test', topic: 'socks' };

/** Refuses every start. As on the server, the join itself has counted. */
function refuseStarts(world: World, code: string): void {
  world.up = (frame, from) => {
    if (!frame.start) return false;
    world.post(from, {
      type: 'error',
      re: frame.id,
      code,
      message: 'Sorry.',
      retry: code === 'rate_limited',
    });
    return true;
  };
}

const starts = (world: World) => world.sent(ALICE, 'join').filter(({ start }) => start);

async function refused(code: string, store = memoryStore()) {
  const world = new World();
  const kim = agent(world);
  const alice = customer(world, store);
  kim.open();
  alice.open();
  await world.pass(100);
  refuseStarts(world, code);
  alice.start(PROFILE);
  alice.send('hello');
  await world.pass(100);
  return { world, kim, alice };
}

test.each(['full', 'rate_limited'])(
  '%s: the text is shown as failed, and nothing is sent again',
  async (code) => {
    const { world, alice } = await refused(code);
    expect(alice.state).toMatchObject({ line: 'open', room: null });
    expect(alice.state.items).toMatchObject([{ text: 'hello', state: 'failed', why: code }]);
    await world.pass(HOUR);
    expect(starts(world)).toHaveLength(1);
    expect(alice.state.line).toBe('open');
    expect(world.connections.filter(({ who }) => who === ALICE)).toHaveLength(1);
  },
);

test.each([
  ['the text', (alice: ReturnType<typeof customer>) => alice.retry(alice.state.items[0]?.key ?? '')],
  ['the start', (alice: ReturnType<typeof customer>) => alice.start()],
  ['another text', (alice: ReturnType<typeof customer>) => alice.send('anybody?')],
])('full: the user tries again by %s, and the chat begins with all that was entered', async (_, tryAgain) => {
  const { world, kim, alice } = await refused('full');
  tryAgain(alice);
  await world.pass(100);
  expect(starts(world)).toHaveLength(2);
  expect(alice.state.items[0]).toMatchObject({ text: 'hello', state: 'failed', why: 'full' });
  world.up = () => false;
  tryAgain(alice);
  expect(alice.state.items[0]).toMatchObject({ text: 'hello', state: 'sending' });
  await world.pass(100);
  expect(starts(world).map(({ profile }) => profile)).toEqual([PROFILE, PROFILE, PROFILE]);
  expect(alice.state.room?.status).toBe('waiting');
  expect(alice.state.items.find(({ text }) => text === 'hello')).toMatchObject({ seq: 2 });
  expect(kim.state.queue).toHaveLength(1);
});

test('full: a deleted text is not sent with the next chat', async () => {
  const { world, alice } = await refused('full');
  alice.discard(alice.state.items[0]?.key ?? '');
  expect(alice.state.items).toEqual([]);
  world.up = () => false;
  alice.start(PROFILE);
  alice.send('something else');
  await world.pass(100);
  expect(alice.state.items.map(({ text }) => text)).toEqual(['', 'something else']);
});

test('full: the text outlives a reload, and no page load starts a chat by itself', async () => {
  const store = memoryStore();
  const { world, alice } = await refused('full', store);
  alice.close();
  world.up = () => false;
  const again = customer(world, store);
  again.open();
  await world.pass(HOUR);
  expect(again.state).toMatchObject({ line: 'open', room: null });
  expect(again.state.items).toMatchObject([{ text: 'hello', state: 'failed', why: 'full' }]);
  expect(starts(world)).toHaveLength(1);
  again.retry(again.state.items[0]?.key ?? '');
  await world.pass(100);
  expect(again.state.items.at(-1)).toMatchObject({ text: 'hello', seq: 2 });
});

test('full on a new connection: the line joins without the start', async () => {
  const { world, alice } = await refused('full');
  world.up = ({ start }) => !!start; // no answer
  alice.retry(alice.state.items[0]?.key ?? '');
  await world.pass(100);
  world.close(world.line(ALICE));
  refuseStarts(world, 'full');
  await world.pass(2_000);
  expect(alice.state.line).toBe('open');
  expect(alice.state.items).toMatchObject([{ text: 'hello', state: 'failed' }]);
});

test('a text that is refused as too fast says so until it is stored', async () => {
  const world = new World();
  const alice = customer(world);
  alice.open();
  await world.pass(100);
  alice.start();
  await world.pass(100);
  world.up = (frame, from) => {
    if (frame.action !== 'message') return false;
    const { room, no } = frame;
    world.post(from, { type: 'error', code: 'rate_limited', message: '', retry: true, room, no });
    return true;
  };
  alice.send('fast');
  await world.pass(11_000);
  expect(alice.state.items.at(-1)).toMatchObject({ text: 'fast', state: 'retry', why: 'rate_limited' });
  world.up = () => false;
  await world.pass(30_000);
  expect(alice.state.items.at(-1)).toMatchObject({ text: 'fast', seq: 2 });
  expect(alice.state.items.at(-1)?.why).toBeUndefined();
});
