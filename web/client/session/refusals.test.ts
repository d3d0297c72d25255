import { expect, test } from 'vitest';
import { customerSession } from '../customer/customer';
import type { Wire } from '../testing/network';
import { ALICE, customer, KIM, openChat, textsIn, WS } from '../testing/sessions';
import { tokenOf, World } from '../testing/world';
import type { PageInfo, Profile } from '../wire/protocol';

const HOUR = 3_600_000;

/** Refuses the frames for which `which` returns true, permanently, before the server sees them. */
function refuse(world: World, which: (frame: Wire) => boolean, code = 'invalid'): void {
  world.up = (frame, from) => {
    if (!which(frame)) return false;
    world.post(from, {
      type: 'error',
      re: frame.id,
      room: frame.room,
      no: frame.no,
      code,
      message: 'No.',
      retry: false,
    });
    return true;
  };
}

test('a profile or page that is too long is cut, and the chat starts', async () => {
  const world = new World();
  const page = () => ({ url: 7, title: 'x'.repeat(40_000), lang: null }) as unknown as PageInfo;
  const alice = customerSession({ ws: WS, token: tokenOf(ALICE), effects: world.browser(), page });
  alice.open();
  await world.pass(100);
  alice.start({ name: '😀'.repeat(65), topic: 'x'.repeat(101), email: 5 } as unknown as Profile);
  alice.send('hello');
  await world.pass(100);
  expect(textsIn(alice.state.items)).toEqual(['hello']);
  expect(alice.state.items.every(({ state }) => !state)).toBe(true);
  const [join] = world.sent(ALICE, 'join').filter(({ start }) => start);
  expect(join.profile).toEqual({ name: '😀'.repeat(64), topic: 'x'.repeat(100) });
  expect(join.page).toEqual({ title: 'x'.repeat(2_001) });
  expect(world.sent(ALICE, 'join').length).toBeLessThan(5);
});

test('a join that is refused for its page is sent again without it', async () => {
  const world = new World();
  const page = () => ({ url: 'https://shop.test' });
  const alice = customerSession({ ws: WS, token: tokenOf(ALICE), effects: world.browser(), page });
  refuse(world, ({ page }) => page);
  alice.open();
  await world.pass(100);
  alice.send('hello');
  await world.pass(100);
  expect(textsIn(alice.state.items)).toEqual(['hello']);
  expect(alice.state.line).toBe('open');
  expect(world.sent(ALICE, 'join').filter(({ page }) => page)).toHaveLength(1);
  await world.pass(2 * HOUR);
  expect(alice.state.line).toBe('open');
});

test('a join that is refused even without a start and a page stops the session, which keeps its texts', async () => {
  const world = new World();
  const alice = customer(world);
  alice.open();
  await world.pass(100);
  refuse(world, ({ action }) => action === 'join');
  alice.send('hello');
  await world.pass(HOUR);
  expect(alice.state.line).toBe('refused');
  expect(textsIn(alice.state.items)).toEqual(['hello']);
  expect(world.sent(ALICE, 'join')).toHaveLength(4);

  world.up = () => false;
  alice.open();
  alice.retry(alice.state.items[0]?.key ?? '');
  await world.pass(100);
  expect(alice.state.line).toBe('open');
  expect(alice.state.items.map(({ text, state }) => [text, state])).toContainEqual(['hello', undefined]);
});

test.each(['end', 'history', 'rate', 'message', 'take', 'release', 'transfer', 'status', 'block'])(
  'a refusal that lasts is never answered by the same frame: %s',
  async (action) => {
    const world = new World();
    const { alice, kim, room } = await openChat(world);
    const before = world.connections.length;
    const earlier = [...world.sent(ALICE, action), ...world.sent(KIM, action)];
    refuse(world, (frame) => frame.action === action);
    const ask = () => {
      alice.send('one');
      kim.send(room, 'two');
      void alice.older();
      void kim.older(room);
      kim.take(room);
      kim.block(room, true);
      kim.setStatus('away');
      kim.transfer(room, 'a_lee');
      kim.release(room);
      alice.end();
    };
    ask();
    await world.pass(20_000);
    alice.rate({ score: 5, comment: 'x'.repeat(2_000) });
    for (let i = 0; i < 5; i++) {
      void alice.older();
      void kim.older(room);
      await world.pass(1_000);
    }
    const sent = [...world.sent(ALICE, action), ...world.sent(KIM, action)].filter(
      (it) => !earlier.includes(it),
    );
    const said = sent.map(({ id: _, ...frame }) => JSON.stringify(frame));
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(said).size).toBe(said.length);
    expect(world.connections).toHaveLength(before);
  },
);

test('a read mark that is refused permanently is not repeated, but the next one is sent', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const earlier = world.sent(ALICE, 'read').length;
  refuse(world, ({ action }) => action === 'read');
  const marks = () =>
    world
      .sent(ALICE, 'read')
      .slice(earlier)
      .map(({ seq }) => seq);
  kim.send(room, 'two');
  await world.pass(1_000);
  alice.seen();
  await world.pass(HOUR);
  expect(marks()).toHaveLength(1);
  kim.send(room, 'three');
  await world.pass(1_000);
  alice.seen();
  await world.pass(HOUR);
  expect(marks()).toHaveLength(2);
});
