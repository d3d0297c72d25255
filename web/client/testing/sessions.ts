import { type Agent, agentSession } from '../agent/agent';
import { type Customer, customerSession } from '../customer/customer';
import type { Store } from '../line/storage';
import { tokenOf, type World } from './world';

export const WS = 'wss://chat.test/dev?';
export const ALICE = 'c_alice';
export const KIM = 'a_kim';
export const LEE = 'a_lee';

export function customer(
  world: World,
  store?: Store,
  who = ALICE,
): Customer & { fx: ReturnType<World['browser']> } {
  const fx = world.browser(store);
  return Object.assign(customerSession({ ws: WS, token: tokenOf(who), effects: fx }), { fx });
}

export function agent(world: World, who = KIM, store?: Store): Agent & { fx: ReturnType<World['browser']> } {
  const fx = world.browser(store);
  return Object.assign(agentSession({ ws: WS, token: tokenOf(who), effects: fx }), { fx });
}

/** Opens a chat between a customer and an agent. */
export async function openChat(world: World, store?: Store) {
  const alice = customer(world, store);
  const kim = agent(world);
  kim.open();
  alice.open();
  await world.pass(100);
  alice.start();
  await world.pass(100);
  const room = alice.state.room?.id ?? '';
  kim.take(room);
  await world.pass(100);
  return { alice, kim, room };
}

/** The texts of some items without the system's. */
export function textsIn(items: readonly { from: string; text: string }[]): string[] {
  return items.filter(({ from }) => from !== 'system').map(({ text }) => text);
}
