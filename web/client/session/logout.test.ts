import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { customerSession } from '../customer/customer';
import { visitorToken } from '../customer/visitor';
import { memoryStore } from '../line/storage';
import { agent, customer, openChat, WS } from '../testing/sessions';
import { World } from '../testing/world';

const kept = (store: ReturnType<typeof memoryStore>) => {
  const all: string[] = [];
  store.prune((key) => {
    all.push(`${key} ${store.get(key)}`);
    return false;
  });
  return all.join('\n');
};

test('after a log-out nothing of the customer stays on a shared computer', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice } = await openChat(world, store);
  alice.send('My card ends in 4242');
  await world.pass(200);
  expect(kept(store)).toContain('4242'); // so that a page change shows it at once
  alice.close();

  const visitor = customerSession({ ws: WS, token: visitorToken, effects: world.browser(store) });
  visitor.open();
  await expect.poll(() => kept(store)).not.toContain('4242');
  expect(kept(store)).not.toContain('alice');
});

test('nor does what was said in a chat that is over, though nobody comes after them', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice } = await openChat(world, store);
  alice.send('My card ends in 4242');
  await world.pass(200);
  alice.end();
  await world.pass(200);
  expect(kept(store)).not.toContain('4242');
  alice.close();

  const again = customer(world, store);
  again.open();
  await world.pass(200);
  expect(again.state.room?.status).toBe('ended');
  expect(again.state.items.some(({ text }) => text.includes('4242'))).toBe(true);
});

test('a visitor who logs in finds what they had not sent when they are out again', async () => {
  const world = new World();
  const store = memoryStore();
  const visits = () => customerSession({ ws: WS, token: visitorToken, effects: world.browser(store) });
  const first = visits();
  first.open();
  first.send('Not sent yet');
  await expect.poll(() => kept(store)).toContain('Not sent yet');
  first.close();
  const alice = customer(world, store);
  alice.open();
  await world.pass(200);
  expect(kept(store)).toContain('Not sent yet');
});

test('an agent keeps theirs, each in their tab', async () => {
  const world = new World();
  const store = memoryStore();
  const kim = agent(world, undefined, store);
  kim.open();
  await world.pass(100);
  expect(kept(store)).toContain('rejoin/');
});
