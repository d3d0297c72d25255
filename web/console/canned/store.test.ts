import { expect, test } from 'vitest';
import type { Agent } from '../../client/agent/agent';
import { agent, KIM, LEE } from '../../client/testing/sessions';
import { World } from '../../client/testing/world';
import { CannedStore, type Outcome } from './store';

async function desk(world: World, who = KIM): Promise<{ session: Agent; canned: CannedStore }> {
  const session = agent(world, who);
  session.open();
  await world.pass(100);
  const canned = new CannedStore((command) => session.request(command));
  void canned.load();
  await world.pass(100);
  return { session, canned };
}

async function outcome(world: World, doing: Promise<Outcome>, ms = 100): Promise<Outcome> {
  await world.pass(ms);
  return doing;
}

const titles = ({ state }: CannedStore) => state.items.map(({ title }) => title);
const mine = (title: string) => ({ key: title, scope: 'mine' as const, title, text: `text of ${title}` });

async function filled(world: World, canned: CannedStore, ...all: string[]) {
  for (const title of all) expect(await outcome(world, canned.put(mine(title)))).toEqual({ kind: 'done' });
}

test('create, change, load and delete', async () => {
  const world = new World();
  const { canned } = await desk(world);
  await filled(world, canned, 'a', 'b');
  const [a] = canned.state.items;
  if (!a) throw new Error('nothing was stored');
  expect(await outcome(world, canned.put({ ...a, text: ' changed\n' }))).toEqual({ kind: 'done' });
  const again = await desk(world);
  expect(again.canned.state).toMatchObject({ loaded: true, items: [{ text: 'changed', version: 2 }, {}] });
  expect(await outcome(world, again.canned.remove(again.canned.state.items[0] ?? a))).toEqual({
    kind: 'done',
  });
  expect(titles(again.canned)).toEqual(['b']);
  expect((await desk(world, LEE)).canned.state.items).toEqual([]);
});

test('an item can be moved to any position', async () => {
  const world = new World();
  const { canned } = await desk(world);
  await filled(world, canned, 'a', 'b', 'c');
  const move = async (title: string, to: number) => {
    const item = canned.state.items.find((it) => it.title === title);
    if (item) await outcome(world, canned.move(item, to), 1_000);
    return titles(canned).join('');
  };
  expect(await move('c', 0)).toBe('cab');
  expect(await move('c', 2)).toBe('abc');
  expect(await move('b', 0)).toBe('bac');
  // Moved between the same two until no number is left between them.
  for (let i = 0; i < 30; i++) expect(await move(titles(canned)[2] ?? '', 1)).toHaveLength(3);
  expect(titles((await desk(world)).canned)).toEqual(titles(canned));
});

test('two edits at once: the second agent sees the version of the first, and nothing is lost', async () => {
  const world = new World();
  world.server.lookups.admins = new Set([KIM, LEE]);
  const kim = await desk(world);
  await outcome(world, kim.canned.put({ key: 'k', scope: 'shared', title: 'Hello', text: 'one' }));
  const lee = await desk(world, LEE);
  const [before] = lee.canned.state.items;
  const [item] = kim.canned.state.items;
  if (!item || !before) throw new Error('nothing was stored');
  await outcome(world, kim.canned.put({ ...item, text: "Kim's" }));
  const result = await outcome(world, lee.canned.put({ ...before, text: "Lee's" }));
  expect(result).toMatchObject({ kind: 'conflict', theirs: { text: "Kim's", version: 2 } });
  expect(lee.canned.state.items).toMatchObject([{ text: "Kim's" }]);
  if (result.kind !== 'conflict' || !result.theirs) throw new Error('no conflict');
  const over = { ...before, text: "Lee's", version: result.theirs.version };
  expect(await outcome(world, lee.canned.put(over))).toEqual({ kind: 'done' });
  expect(lee.canned.state.items).toMatchObject([{ text: "Lee's", version: 3 }]);
});

test('editing a deleted reply is a conflict without an item, and it can be created again', async () => {
  const world = new World();
  const { canned } = await desk(world);
  await filled(world, canned, 'a');
  const [a] = canned.state.items;
  if (!a) throw new Error('nothing was stored');
  const other = await desk(world);
  await outcome(world, other.canned.remove(a));
  const late = new CannedStore((command) => other.session.request(command));
  expect(await outcome(world, late.put(a))).toEqual({ kind: 'conflict', theirs: undefined });
  const { version: _, ...asNew } = a;
  expect(await outcome(world, late.put(asNew))).toEqual({ kind: 'done' });
});

test('a repeat after a lost answer is no conflict', async () => {
  const world = new World();
  const { canned } = await desk(world);
  let lost = 0;
  world.down = (frame) => frame.type === 'canned' && lost++ < 1;
  expect(await outcome(world, canned.put(mine('a')), 10_000)).toEqual({ kind: 'done' });
  expect(world.sent(KIM, 'cannedPut')).toHaveLength(2);
  expect(titles(canned)).toEqual(['a']);
});

test('the server refuses shared replies from agents who are no admins', async () => {
  const world = new World();
  const { canned } = await desk(world);
  const put = canned.put({ key: 'k', scope: 'shared', title: 'Hello', text: 'one' });
  expect(await outcome(world, put)).toEqual({ kind: 'failed', code: 'forbidden' });
  expect(canned.state.items).toEqual([]);
});

test('the list is fetched again after a while, but not at every key press', async () => {
  const world = new World();
  const { session } = await desk(world);
  const canned = new CannedStore(
    (command) => session.request(command),
    () => world.clock.now,
  );
  for (const wait of [0, 10_000, 25_000]) {
    await world.pass(wait);
    void canned.refreshIfStale();
    await world.pass(10);
  }
  expect(world.sent(KIM, 'cannedList')).toHaveLength(3); // one by desk(), two here
});
