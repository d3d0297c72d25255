import { expect, test } from 'vitest';
import { customerSession } from '../customer/customer';
import type { Wire } from '../testing/network';
import { ALICE, agent, customer, KIM, LEE, WS } from '../testing/sessions';
import { tokenOf, World } from '../testing/world';

/** The protocol's client frames: every field that may be there, `?` where it may be missing. */
const CUSTOMER: Record<string, string[]> = {
  join: ['id', 'device', 'room?', 'since?', 'start?', 'profile?', 'page?'],
  message: ['room', 'no', 'text'],
  typing: ['room'],
  read: ['room', 'seq'],
  history: ['id', 'before?', 'limit'],
  end: ['id', 'room'],
  ping: [],
};
const AGENT: Record<string, string[]> = {
  ...CUSTOMER,
  join: ['id', 'device', 'rooms'],
  history: ['id', 'room', 'before?', 'limit'],
  take: ['id', 'room'],
  release: ['id', 'room'],
  transfer: ['id', 'room', 'agent'],
  queue: ['id'],
  status: ['id', 'status'],
};

function keeps(frame: Wire, frames: Record<string, string[]>): void {
  const fields = frames[frame.action];
  expect(fields, frame.action).toBeDefined();
  const { action: _, ...rest } = frame;
  const known = fields?.map((field) => field.replace('?', ''));
  expect(known).toEqual(expect.arrayContaining(Object.keys(rest)));
  for (const field of fields ?? []) if (!field.endsWith('?')) expect(rest).toHaveProperty(field);
  if (frame.id !== undefined) expect(frame.id).toMatch(/^.{1,64}$/);
}

test('every frame that a client sends is one of the protocol, with its fields and no others', async () => {
  const world = new World();
  const page = () => ({ url: 'https://shop.test/socks', title: 'Socks', lang: 'en' });
  const alice = customerSession({ ws: WS, token: tokenOf(ALICE), effects: world.browser(), page });
  const kim = agent(world);
  const lee = agent(world, LEE);
  for (const session of [kim, lee, alice]) session.open();
  await world.pass(100);
  alice.start({ name: 'Alice', email: 'a@shop.test', topic: 'socks' });
  await world.pass(100);
  kim.take('R1');
  await world.pass(100);
  alice.send('hello');
  alice.typing();
  await world.pass(100);
  kim.seen('R1');
  kim.typing('R1');
  kim.send('R1', 'hi');
  kim.setStatus('away');
  await world.pass(30_000);
  alice.seen();
  void alice.older();
  void kim.older('R1');
  kim.transfer('R1', LEE);
  await world.pass(100);
  lee.release('R1');
  await world.pass(100);
  lee.take('R1');
  await world.pass(100);
  lee.end('R1');
  alice.end();
  await world.pass(100);
  customer(world, undefined, 'c_bob').open();
  for (const frame of world.connections.filter(({ role }) => role === 'customer').flatMap(({ sent }) => sent))
    keeps(frame, CUSTOMER);
  for (const frame of world.connections.filter(({ role }) => role === 'agent').flatMap(({ sent }) => sent))
    keeps(frame, AGENT);
  const used = (who: string) =>
    new Set(
      world.connections.filter((one) => one.who === who).flatMap(({ sent }) => sent.map((f) => f.action)),
    );
  expect([...used(ALICE)].sort()).toEqual(Object.keys(CUSTOMER).sort());
  expect([...new Set([...used(KIM), ...used(LEE)])].sort()).toEqual(Object.keys(AGENT).sort());
});
