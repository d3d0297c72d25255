import { describe, expect, test } from 'vitest';
import type { Agent } from '../../client/agent/agent';
import type { AgentState } from '../../client/agent/state';
import { agent, customer, KIM, LEE, openChat } from '../../client/testing/sessions';
import { World } from '../../client/testing/world';
import { type AppNotification, NotificationDetector } from './notifications';

/** Collects what a desk would be told of. */
function watching(
  world: World,
  session: Agent,
  looking: (room: string) => boolean = () => false,
): AppNotification[] {
  const watch = new NotificationDetector();
  const told: AppNotification[] = [];
  session.subscribe((state) => told.push(...watch.update(state, world.clock.now, looking)));
  return told;
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
  test('who waited before stays quiet; who comes is told once, whatever happens to the line', async () => {
    const world = new World();
    await open(world, 'c_before');
    const kim = agent(world);
    const told = watching(world, kim);
    kim.open();
    await world.pass(1_000);
    expect(told).toEqual([]);
    await open(world, 'c_after');
    await world.pass(31_000);
    world.close(world.line(KIM));
    await world.pass(31_000);
    expect(told).toMatchObject([{ kind: 'waiting', name: 'c_after' }]);
  });

  test('who waits on is not told again, however long the line was lost', async () => {
    const world = new World();
    const kim = agent(world);
    const told = watching(world, kim);
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
    expect(told).toMatchObject([{ kind: 'waiting', name: 'c_patient' }]);
  });

  test('whom the queue loses sight of for a moment is not told again; who was gone for long is', () => {
    const queue = [{ id: 'R', customer: { id: 'c', name: 'Kim' } }];
    const watch = new NotificationDetector();
    const told = (at: number, there: boolean) => {
      const state = { line: 'open', me: {}, status: 'online', rooms: {}, queue: there ? queue : [] };
      return watch.update(state as unknown as AgentState, at, () => false).length;
    };
    const each: [at: number, there: boolean, told: number][] = [
      [0, false, 0],
      [1_000, true, 1],
      [91_000, true, 0], // a page in the background runs seldom
      [92_000, false, 0],
      [122_000, true, 0],
      [123_000, false, 0],
      [153_000, false, 0],
      [184_000, true, 1],
    ];
    expect(each.map(([at, there]) => told(at, there))).toEqual(each.map(([, , wanted]) => wanted));
  });

  test('who came while the line was lost is told when it is back', async () => {
    const world = new World();
    const kim = agent(world);
    const told = watching(world, kim);
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
    expect(told).toMatchObject([{ kind: 'waiting', name: 'c_meanwhile' }]);
  });

  test('an agent who is away hears nothing of it, and one who releases a room either', async () => {
    const world = new World();
    const { kim, room } = await openChat(world);
    const told = watching(world, kim);
    kim.release(room);
    await world.pass(1_000);
    expect(kim.state.queue).toHaveLength(1);
    kim.setStatus('away');
    await world.pass(100);
    await open(world, 'c_new');
    await world.pass(31_000);
    expect(kim.state.queue).toHaveLength(2);
    expect(told).toEqual([]);
  });
});

describe('my chats', () => {
  test('each text is told once, also after a lost line, and own ones never', async () => {
    const world = new World();
    const { alice, kim, room } = await openChat(world);
    const told = watching(world, kim);
    kim.send(room, 'hello');
    await world.pass(100);
    alice.send('one');
    await world.pass(100);
    world.close(world.line(KIM));
    alice.send('two');
    await world.pass(31_000);
    expect(told.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'one'],
      ['text', 'two'],
    ]);
  });

  test('who looks at the room needs no telling, then or later', async () => {
    const world = new World();
    const { alice, kim } = await openChat(world);
    let looks = true;
    const told = watching(world, kim, () => looks);
    kim.setStatus('away');
    await world.pass(100);
    alice.send('seen');
    await world.pass(100);
    looks = false;
    await world.pass(31_000);
    alice.send('unseen');
    await world.pass(100);
    expect(told.map(({ text }) => text)).toEqual(['unseen']);
  });

  test('a room that a colleague hands over is told of; one that is taken is not', async () => {
    const world = new World();
    const { alice, kim, room } = await openChat(world);
    const lee = agent(world, LEE);
    const told = watching(world, lee);
    lee.open();
    await open(world, 'c_other');
    await world.pass(100);
    alice.send('where is my order?');
    await world.pass(100);
    told.length = 0;
    lee.take(lee.state.queue[0]?.id ?? '');
    await world.pass(100);
    expect(told).toEqual([]);
    kim.transfer(room, LEE);
    await world.pass(1_000);
    expect(told).toMatchObject([{ kind: 'transferred', room, text: 'where is my order?' }]);
  });
});
