import { expect, test } from 'vitest';
import type { Agent } from '../../client/agent/agent';
import { memoryStore } from '../../client/line/storage';
import { agent, KIM, openChat } from '../../client/testing/sessions';
import { World } from '../../client/testing/world';
import { type MissedChats, MissedChatsDetector } from './missedChats';

function told(session: Agent, store = memoryStore()) {
  const returned = new MissedChatsDetector(store, 'kim');
  const missed: MissedChats[] = [];
  const look = (state: Agent['state']) => {
    const found = returned.update(state);
    if (found) missed.push(found);
  };
  look(session.state);
  session.subscribe(look);
  return { store, missed, returned };
}

/** What the sweep does for an agent who is gone. */
function requeue(world: World, id: string) {
  const room = world.server.room(id);
  Object.assign(room.seats.agent, { who: '', line: undefined });
  room.status = 'waiting';
  room.rev++;
}

test('a chat that went back to the queue while the line was lost is told once', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { missed } = told(kim);
  await world.pass(31_000);
  world.refuse = true;
  world.close(world.line(KIM));
  await world.pass(100);
  requeue(world, room);
  world.refuse = false;
  await world.pass(31_000);
  world.close(world.line(KIM));
  await world.pass(31_000);
  expect(missed).toMatchObject([{ requeued: [{ id: room }], lost: [] }]);
});

test('also after the browser was closed; what ended meanwhile is named', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { store } = told(kim);
  await world.pass(31_000);
  kim.close();
  world.server.end(world.server.room(room), 'customer_left');
  const again = agent(world);
  const { missed } = told(again, store);
  again.open();
  await world.pass(1_000);
  expect(missed).toEqual([{ requeued: [], lost: ['c_alice'] }]);
});

test('what the agent does themselves is no news, and neither is what they kept', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { missed } = told(kim);
  await world.pass(31_000);
  world.close(world.line(KIM));
  await world.pass(31_000);
  kim.release(room);
  await world.pass(1_000);
  world.close(world.line(KIM));
  await world.pass(31_000);
  expect(missed).toEqual([]);
});

test('who worked on in another window knows', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { missed } = told(kim);
  await world.pass(31_000);
  const other = agent(world);
  other.open();
  await world.pass(1_000);
  expect(kim.state.line).toBe('replaced');
  other.release(room);
  await world.pass(1_000);
  kim.takeOver();
  await world.pass(1_000);
  expect(kim.state.line).toBe('open');
  expect(missed).toEqual([]);
});
