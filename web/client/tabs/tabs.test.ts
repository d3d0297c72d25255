import { expect, test } from 'vitest';
import type { CustomerSession } from '../customer/state';
import { memoryStore, type Store } from '../line/storage';
import { TabBrowser } from '../testing/browser';
import { ALICE, agent, customer, textsIn, WS } from '../testing/sessions';
import { tokenOf, World } from '../testing/world';
import { sharedCustomerSession } from './tabs';

function tab(world: World, browser: TabBrowser, store: Store, who = ALICE, token = tokenOf(who)) {
  const fx = world.browser(store);
  const session: CustomerSession = sharedCustomerSession({
    ws: WS,
    token,
    effects: fx,
    tabs: browser.tab(),
  });
  session.open();
  return { session, fx };
}

async function three(world: World) {
  const browser = new TabBrowser(world);
  const store = memoryStore();
  const tabs = [tab(world, browser, store), tab(world, browser, store), tab(world, browser, store)] as const;
  await world.pass(200);
  return { browser, store, tabs, sessions: tabs.map(({ session }) => session) };
}

const lines = (world: World) => world.connections.filter(({ who, up }) => who === ALICE && up).length;

test('tabs of one browser share one connection and show the same', async () => {
  const world = new World();
  const { sessions } = await three(world);
  expect(lines(world)).toBe(1);
  sessions[2]?.send('from the third tab');
  expect(textsIn(sessions[2]?.state.items ?? [])).toEqual(['from the third tab']);
  await world.pass(500);
  for (const { state } of sessions) {
    expect(state.line).toBe('open');
    expect(textsIn(state.items)).toEqual(['from the third tab']);
    expect(state.room?.status).toBe('waiting');
  }
  expect(world.connections).toHaveLength(1);
});

test('the leader closes: another takes over with the text that was under way, under its number', async () => {
  const world = new World();
  const { sessions } = await three(world);
  sessions[1]?.send('one');
  await world.pass(500);
  world.down = (frame) => frame.type === 'ack';
  sessions[1]?.send('two');
  sessions[2]?.send('three');
  await world.pass(50);
  sessions[0]?.close();
  world.down = () => false;
  await world.pass(1_000);
  expect(lines(world)).toBe(1);
  for (const { state } of sessions.slice(1)) {
    expect(textsIn(state.items)).toEqual(['one', 'two', 'three']);
    expect(state.items.some((item) => item.state)).toBe(false);
  }
  expect(world.sent(ALICE, 'message').map(({ no }) => no)).toEqual([1, 2, 2, 3]);
  expect(sessions[0]?.state.line).toBe('idle');
});

test('a tab that leads again continues from what others have sent meanwhile', async () => {
  const world = new World();
  const { sessions } = await three(world);
  sessions[1]?.send('one');
  await world.pass(500);
  world.down = (frame) => frame.type === 'ack';
  sessions[0]?.send('two');
  sessions[0]?.send('three');
  await world.pass(50);
  sessions[0]?.close();
  world.down = () => false;
  await world.pass(1_000);
  sessions[1]?.send('four');
  await world.pass(500);
  sessions[0]?.open();
  await world.pass(200);
  sessions[1]?.close();
  sessions[2]?.close();
  await world.pass(1_000);
  expect(lines(world)).toBe(1);
  expect(textsIn(sessions[0]?.state.items ?? [])).toEqual(['one', 'two', 'three', 'four']);
  expect(world.sent(ALICE, 'message').map(({ no, text }) => `${no} ${text}`)).toEqual([
    ...['1 one', '2 two', '2 two', '3 three', '4 four'],
  ]);
});

test('the leader closes: another tab shows the same throughout, also while it waits for its token', async () => {
  const world = new World();
  const browser = new TabBrowser(world);
  const store = memoryStore();
  const slow = async () => {
    await new Promise<void>((done) => world.clock.after(300, done));
    return tokenOf(ALICE)();
  };
  const [first, second] = [0, 0].map(() => tab(world, browser, store, ALICE, slow).session);
  await world.pass(1_000);
  second?.send('hi');
  await world.pass(500);
  const shown = new Set<string>();
  second?.subscribe(({ room, items }) => shown.add(`${room?.id} ${textsIn(items)}`));
  first?.close();
  await world.pass(2_000);
  expect(second?.state.line).toBe('open');
  expect([...shown]).toEqual(['R1 hi']);
});

test('a call that the leader never received is made by the next one', async () => {
  const world = new World();
  const { sessions } = await three(world);
  sessions[0]?.close();
  sessions[1]?.send('into the gap');
  await world.pass(5_000);
  expect(sessions.slice(1).map(({ state }) => textsIn(state.items))).toEqual([
    ['into the gap'],
    ['into the gap'],
  ]);
  expect(world.server.rooms.size).toBe(1);
});

test('any tab on screen keeps the faster heartbeat', async () => {
  const world = new World();
  const { tabs, sessions } = await three(world);
  sessions[0]?.start();
  for (const { fx } of tabs.slice(0, 2)) {
    fx.shown = false;
    fx.nudge();
  }
  await world.pass(60_000);
  expect(world.sent(ALICE, 'ping').length).toBeGreaterThanOrEqual(2);
  const last = tabs[2].fx;
  last.shown = false;
  last.nudge();
  const count = world.sent(ALICE, 'ping').length;
  await world.pass(60_000);
  expect(world.sent(ALICE, 'ping')).toHaveLength(count);
});

test('replaced by another device in all tabs, also when another tab leads, until one takes over', async () => {
  const world = new World();
  const { sessions } = await three(world);
  sessions[0]?.start();
  await world.pass(200);
  customer(world).open();
  await world.pass(500);
  expect(sessions.map(({ state }) => state.line)).toEqual(['replaced', 'replaced', 'replaced']);
  sessions[0]?.close();
  await world.pass(60_000);
  expect(world.connections).toHaveLength(2);
  sessions[2]?.takeOver();
  await world.pass(1_000);
  expect(sessions.slice(1).map(({ state }) => state.line)).toEqual(['open', 'open']);
});

test('older() of a mirroring tab ends when the page is there, and when that tab closes', async () => {
  const world = new World();
  const { sessions, browser, store } = await three(world);
  const kim = agent(world);
  kim.open();
  sessions[0]?.send('first');
  await world.pass(500);
  kim.take('R1');
  kim.end('R1');
  await world.pass(500);
  sessions[0]?.start();
  await world.pass(500);
  const older = sessions[1]?.older();
  await world.pass(200);
  await older;
  expect(textsIn(sessions[1]?.state.past ?? [])).toEqual(['first']);
  const late = tab(world, browser, store).session;
  await world.pass(100);
  world.up = () => true;
  const never = late.older();
  late.close();
  await never;
});

test('a tab that does not lead may mark a text as seen at every draw', async () => {
  const world = new World();
  const { sessions } = await three(world);
  const kim = agent(world);
  kim.open();
  const view = sessions[1];
  view?.send('hi');
  await world.pass(500);
  kim.take('R1');
  await world.pass(500);
  let drawing = 0;
  let deepest = 0;
  view?.subscribe(({ unread }) => {
    deepest = Math.max(deepest, ++drawing);
    if (unread && drawing < 10) view.seen();
    drawing--;
  });
  kim.send('R1', 'answer');
  await world.pass(1_000);
  expect(deepest).toBe(1);
  expect(sessions.map(({ state }) => state.unread)).toEqual([0, 0, 0]);
});

test('a closed session shows no unread texts', async () => {
  const world = new World();
  const { sessions } = await three(world);
  const kim = agent(world);
  kim.open();
  sessions[0]?.send('hi');
  await world.pass(500);
  kim.take('R1');
  kim.send('R1', 'answer');
  await world.pass(500);
  for (const session of sessions.slice(0, 2)) {
    const counts: number[] = [];
    session.subscribe(({ unread }) => counts.push(unread));
    expect(session.state.unread).toBe(1);
    session.close();
    expect(counts.at(-1)).toBe(0);
  }
  await world.pass(500);
  expect(sessions[2]?.state.unread).toBe(1);
});

test('a tab whose first token fails shares the connection once it has one', async () => {
  const world = new World();
  const { sessions, browser, store } = await three(world);
  sessions[0]?.send('hi');
  await world.pass(500);
  let tries = 0;
  const late = tab(world, browser, store, ALICE, async () => {
    if (!tries++) throw new Error('503');
    return tokenOf(ALICE)();
  }).session;
  await world.pass(60_000);
  expect(world.connections).toHaveLength(1);
  expect([...sessions, late].map(({ state }) => state.line)).toEqual(['open', 'open', 'open', 'open']);
  expect(textsIn(late.state.items)).toEqual(['hi']);
  late.send('from the late one');
  await world.pass(500);
  expect(textsIn(sessions[0]?.state.items ?? [])).toEqual(['hi', 'from the late one']);
});

test('another customer in another tab has a connection of their own', async () => {
  const world = new World();
  const { browser, store } = await three(world);
  const { session } = tab(world, browser, store, 'c_bob');
  session.send('I am Bob');
  await world.pass(500);
  expect(textsIn(session.state.items)).toEqual(['I am Bob']);
  expect(world.connections.map(({ who }) => who)).toEqual([ALICE, 'c_bob']);
});
