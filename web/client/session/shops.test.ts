import { expect, test } from 'vitest';
import { customerSession } from '../customer/customer';
import { memoryStore } from '../line/storage';
import { ALICE, openChat, textsIn, WS } from '../testing/sessions';
import { tokenOf, World } from '../testing/world';

test('two shops at the same address share no stored state', async () => {
  const world = new World();
  const store = memoryStore();
  const { alice } = await openChat(world, store);
  world.down = (frame) => frame.type === 'ack';
  alice.send('at the first shop');
  await world.pass(100);
  alice.close();
  const fx = world.browser(store);
  const there = customerSession({ ws: `${WS}site=tea&`, token: tokenOf(ALICE), effects: fx });
  there.open();
  await world.pass(0);
  expect(textsIn(there.state.items)).toEqual([]);
  const { search, searchParams } = new URL(world.connections.at(-1)?.url ?? '');
  expect(search).toMatch(/^\?site=tea&token=/);
  expect(searchParams.get('token')).toBe(await tokenOf(ALICE)());
  expect(world.sent(ALICE, 'message')).toHaveLength(1);
  expect(store.get('rejoin/c_alice')).toContain('at the first shop');
});
