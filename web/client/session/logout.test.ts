import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { customerSession } from '../customer/customer';
import { visitorToken } from '../customer/visitor';
import { memoryStore } from '../line/storage';
import { agent, customer, openChat, WS } from '../testing/sessions';
import { World } from '../testing/world';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

/** All keys and values. */
const stored = (store: ReturnType<typeof memoryStore>) => {
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
  expect(stored(store)).toContain('4242'); // so that a page change shows it at once
  alice.close();

  const token = await visitorToken();
  const visitor = customerSession({ ws: WS, token: async () => token, effects: world.browser(store) });
  visitor.open();
  await world.pass(200);
  expect(stored(store)).not.toContain('4242');
  expect(stored(store)).not.toContain('alice');
});

test('the texts of an ended chat are not kept either, even while the customer stays logged in', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice } = await openChat(world, store);
  alice.send('My card ends in 4242');
  await world.pass(200);
  alice.end();
  await world.pass(200);
  expect(stored(store)).not.toContain('4242');
  alice.close();

  const again = customer(world, store);
  again.open();
  await world.pass(200);
  expect(again.state.room?.status).toBe('ended');
  expect(again.state.items.some(({ text }) => text.includes('4242'))).toBe(true);
});

test('a visitor who logs in keeps their unsent texts for after the log-out', async () => {
  const world = new World();
  const store = memoryStore();
  const token = await visitorToken();
  const visitor = customerSession({ ws: WS, token: async () => token, effects: world.browser(store) });
  visitor.open();
  visitor.send('Not sent yet');
  await world.pass(0);
  expect(stored(store)).toContain('Not sent yet');
  visitor.close();
  const alice = customer(world, store);
  alice.open();
  await world.pass(200);
  expect(stored(store)).toContain('Not sent yet');
});

test('an agent keeps theirs, in the storage of each tab', async () => {
  const world = new World();
  const store = memoryStore();
  const kim = agent(world, undefined, store);
  kim.open();
  await world.pass(100);
  expect(stored(store)).toContain('rejoin/');
});
