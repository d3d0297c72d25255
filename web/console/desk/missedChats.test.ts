import { expect, test } from 'vitest';
import type { Agent } from '../../client/agent/agent';
import { memoryStore } from '../../client/line/storage';
import { agent, KIM, openChat } from '../../client/testing/sessions';
import { World } from '../../client/testing/world';
import { type MissedChats, MissedChatsDetector } from './missedChats';

function detect(session: Agent, store = memoryStore()) {
  const detector = new MissedChatsDetector(store, 'kim');
  const missed: MissedChats[] = [];
  const update = (state: Agent['state']) => {
    const found = detector.update(state);
    if (found) missed.push(found);
  };
  update(session.state);
  session.subscribe(update);
  return { store, missed, detector };
}

/** As the sweep does when an agent is gone. */
function requeue(world: World, id: string) {
  const room = world.server.room(id);
  Object.assign(room.seats.agent, { who: '', line: undefined });
  room.status = 'waiting';
  room.rev++;
}

test('a chat that was released while the connection was lost is reported once', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { missed } = detect(kim);
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

test('also after the browser was closed, with chats that ended meanwhile', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { store } = detect(kim);
  await world.pass(31_000);
  kim.close();
  world.server.end(world.server.room(room), 'customer_left');
  const again = agent(world);
  const { missed } = detect(again, store);
  again.open();
  await world.pass(1_000);
  expect(missed).toEqual([{ requeued: [], lost: ['c_alice'] }]);
});

test('chats that the agent released or still has are not reported', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { missed } = detect(kim);
  await world.pass(31_000);
  world.close(world.line(KIM));
  await world.pass(31_000);
  kim.release(room);
  await world.pass(1_000);
  world.close(world.line(KIM));
  await world.pass(31_000);
  expect(missed).toEqual([]);
});

test('nothing is reported to an agent who worked in another window meanwhile', async () => {
  const world = new World();
  const { kim, room } = await openChat(world);
  const { missed } = detect(kim);
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
