import { describe, expect, test } from 'vitest';
import type { Agent } from '../../client/agent/agent';
import type { AgentState } from '../../client/agent/state';
import { agent, customer, KIM, LEE, openChat } from '../../client/testing/sessions';
import { World } from '../../client/testing/world';
import { type AppNotification, NotificationDetector } from './notifications';

/** Collects the notifications of a session. */
function detect(
  world: World,
  session: Agent,
  isVisible: (room: string) => boolean = () => false,
): AppNotification[] {
  const detector = new NotificationDetector();
  const reported: AppNotification[] = [];
  session.subscribe((state) => reported.push(...detector.update(state, world.clock.now, isVisible)));
  return reported;
}

async function open(world: World, who: string) {
  const one = customer(world, undefined, who);
  one.open();
  await world.pass(100);
  one.send(`I am ${who}`);
  await world.pass(500);
  return one;
}

describe('the queue', () => {
  test('customers in the first state are not reported; later ones are, once, also after a reconnect', async () => {
    const world = new World();
    await open(world, 'c_before');
    const kim = agent(world);
    const reported = detect(world, kim);
    kim.open();
    await world.pass(1_000);
    expect(reported).toEqual([]);
    await open(world, 'c_after');
    await world.pass(31_000);
    world.close(world.line(KIM));
    await world.pass(31_000);
    expect(reported).toMatchObject([{ kind: 'waiting', name: 'c_after' }]);
  });

  test('a customer who is still waiting is not reported again after a long disconnection', async () => {
    const world = new World();
    const kim = agent(world);
    const reported = detect(world, kim);
    kim.open();
    await world.pass(100);
    await open(world, 'c_patient');
    await world.pass(31_000);
    world.refuse = true;
    world.close(world.line(KIM));
    await world.pass(90_000);
    expect(kim.state.line).toBe('lost');
    world.refuse = false;
    await world.pass(60_000);
    expect(kim.state).toMatchObject({ line: 'open', queue: [{ customer: { name: 'c_patient' } }] });
    expect(reported).toMatchObject([{ kind: 'waiting', name: 'c_patient' }]);
  });

  test('a customer who is missing from the queue for a moment is not reported again; after a long absence they are', () => {
    const queue = [{ id: 'R', customer: { id: 'c', name: 'Kim' } }];
    const detector = new NotificationDetector();
    const reported = (at: number, there: boolean) => {
      const state = { line: 'open', me: {}, status: 'online', rooms: {}, queue: there ? queue : [] };
      return detector.update(state as unknown as AgentState, at, () => false).length;
    };
    const each: [at: number, there: boolean, reported: number][] = [
      [0, false, 0],
      [1_000, true, 1],
      [91_000, true, 0], // a background page is throttled
      [92_000, false, 0],
      [122_000, true, 0],
      [123_000, false, 0],
      [153_000, false, 0],
      [184_000, true, 1],
    ];
    expect(each.map(([at, there]) => reported(at, there))).toEqual(each.map(([, , wanted]) => wanted));
  });

  test('a left question is silent; when its customer is back, it is reported as one who waits', () => {
    const detector = new NotificationDetector();
    const reported = (at: number, left: boolean) => {
      const queue = [
        { id: 'R', customer: { id: 'c', name: 'Kim' }, ...(left && { left: { since: 0, open: 0 } }) },
      ];
      const state = { line: 'open', me: {}, status: 'online', rooms: {}, queue };
      return detector.update(state as unknown as AgentState, at, () => false).length;
    };
    const each: [at: number, left: boolean, reported: number][] = [
      [0, true, 0],
      [1_000, true, 0],
      [2_000, false, 1],
      [3_000, true, 0], // they go to another page
      [4_000, false, 0],
      [5_000, true, 0],
      [99_000, true, 0],
      [99_500, false, 1],
    ];
    expect(each.map(([at, left]) => reported(at, left))).toEqual(each.map(([, , wanted]) => wanted));
  });

  test('a customer who came while the connection was lost is reported when it is back', async () => {
    const world = new World();
    const kim = agent(world);
    const reported = detect(world, kim);
    kim.open();
    await world.pass(100);
    world.refuse = true;
    world.close(world.line(KIM));
    const one = customer(world, undefined, 'c_meanwhile');
    world.refuse = false;
    one.open();
    await world.pass(20);
    one.start();
    await world.pass(31_000);
    expect(reported).toMatchObject([{ kind: 'waiting', name: 'c_meanwhile' }]);
  });

  test('nothing is reported to an agent who is away, or about a room that they released', async () => {
    const world = new World();
    const { kim, room } = await openChat(world);
    const reported = detect(world, kim);
    kim.release(room);
    await world.pass(1_000);
    expect(kim.state.queue).toHaveLength(1);
    kim.setStatus('away');
    await world.pass(100);
    await open(world, 'c_new');
    await world.pass(31_000);
    expect(kim.state.queue).toHaveLength(2);
    expect(reported).toEqual([]);
  });
});

describe('my chats', () => {
  test('each text is reported once, also after a reconnect, and own texts never', async () => {
    const world = new World();
    const { alice, kim, room } = await openChat(world);
    const reported = detect(world, kim);
    kim.send(room, 'hello');
    await world.pass(100);
    alice.send('one');
    await world.pass(100);
    world.close(world.line(KIM));
    alice.send('two');
    await world.pass(31_000);
    expect(reported.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'one'],
      ['text', 'two'],
    ]);
  });

  test('a text in a visible room is not reported, then or later', async () => {
    const world = new World();
    const { alice, kim } = await openChat(world);
    let visible = true;
    const reported = detect(world, kim, () => visible);
    kim.setStatus('away');
    await world.pass(100);
    alice.send('seen');
    await world.pass(100);
    visible = false;
    await world.pass(31_000);
    alice.send('unseen');
    await world.pass(100);
    expect(reported.map(({ text }) => text)).toEqual(['unseen']);
  });

  test('a transferred room is reported; one that the agent took is not', async () => {
    const world = new World();
    const { alice, kim, room } = await openChat(world);
    const lee = agent(world, LEE);
    const reported = detect(world, lee);
    lee.open();
    await open(world, 'c_other');
    await world.pass(100);
    alice.send('where is my order?');
    await world.pass(100);
    reported.length = 0;
    lee.take(lee.state.queue[0]?.id ?? '');
    await world.pass(100);
    expect(reported).toEqual([]);
    kim.transfer(room, LEE);
    await world.pass(1_000);
    expect(reported).toMatchObject([{ kind: 'transferred', room, text: 'where is my order?' }]);
  });
});
