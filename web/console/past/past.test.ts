import { expect, test } from 'vitest';
import { agent, customer, KIM, textsIn } from '../../client/testing/sessions';
import { World } from '../../client/testing/world';
import type { Command, EndedRoom } from '../../client/wire/protocol';
import { allTexts } from './allTexts';
import { type Filter, filterOf } from './filter';
import { chatPages, PastChatList } from './pages';
import { Transcript } from './transcript';

/** `count` ended chats of Kim with one customer. */
async function endedChats(count: number) {
  const world = new World();
  const kim = agent(world);
  const alice = customer(world);
  kim.open();
  alice.open();
  await world.pass(100);
  for (let i = 0; i < count; i++) {
    alice.send(`question ${i}`);
    await world.pass(200);
    const room = alice.state.room?.id ?? '';
    kim.take(room);
    await world.pass(100);
    if (i % 2) kim.send(room, `answer ${i}`);
    await world.pass(100);
    kim.end(room);
    await world.pass(1_000);
  }
  const filter = { ...filterOf(new URLSearchParams()), from: '2025-12-31', to: '2026-01-02' };
  return { world, kim, filter };
}

async function table(world: World, past: PastChatList) {
  void past.more();
  await world.pass(1_000);
  return [past.state.status, past.state.rooms.length];
}

const ids = (rooms: { id: string }[]) => rooms.map(({ id }) => id);

test('newest first, page by page to the oldest, each once', async () => {
  const { world, kim, filter } = await endedChats(70);
  const past = new PastChatList((command) => kim.request(command), filter);
  expect(await table(world, past)).toEqual(['more', 40]);
  expect(await table(world, past)).toEqual(['all', 70]);
  expect(ids(past.state.rooms)).toEqual(Array.from({ length: 70 }, (_, i) => `R${70 - i}`));
  expect(await table(world, past)).toEqual(['all', 70]);
});

test.each<[string, Partial<Filter>, number]>([
  ['a word', { text: 'question 1' }, 11],
  ['a rating', { rating: '5' }, 35],
  ['another rating', { rating: '1' }, 0],
  ['a reason', { reason: 'idle' }, 0],
  ['an agent', { agent: KIM }, 70],
  ['another range', { to: '2025-12-31' }, 0],
])('%s: pages without a hit are skipped', async (_, wanted, count) => {
  const { world, kim, filter } = await endedChats(70);
  const past = new PastChatList((command) => kim.request(command), { ...filter, ...wanted });
  await table(world, past);
  await table(world, past);
  expect(await table(world, past)).toEqual(['all', count]);
});

test('a failure is shown, and the next try starts again', async () => {
  const { world, kim, filter } = await endedChats(3);
  let fails = true;
  const past = new PastChatList(
    (command) =>
      fails ? Promise.resolve({ type: 'error', code: 'unavailable', message: '' }) : kim.request(command),
    filter,
  );
  expect(await table(world, past)).toEqual(['failed', 0]);
  expect(past.state.failed).toBe('unavailable');
  fails = false;
  expect(await table(world, past)).toEqual(['all', 3]);
});

test('an export reads every page', async () => {
  const { world, kim, filter } = await endedChats(45);
  const all: string[] = [];
  const reading = (async () => {
    for await (const page of chatPages((command) => kim.request(command), filter))
      all.push(...ids(page.rooms));
  })();
  await world.pass(1_000);
  await reading;
  expect(new Set(all).size).toBe(45);
  expect(all).toHaveLength(45);
});

test('the texts of a chat are read to its beginning, and not beyond', async () => {
  const { world, kim, filter } = await endedChats(3);
  const rooms: EndedRoom[] = [];
  const ask = (command: Command) => kim.request(command);
  const reading = (async () => {
    for await (const page of chatPages(ask, filter)) rooms.push(...page.rooms);
    return Promise.all(rooms.map((it) => allTexts(ask, it)));
  })();
  await world.pass(1_000);
  const all = await reading;
  expect(all.map((it) => it.map(({ text }) => text))).toEqual([
    ['question 2'],
    ['question 1', 'answer 1'],
    ['question 0'],
  ]);
});

test('a transcript begins at the end of its chat, even if others followed, and continues into the past', async () => {
  const { world, kim, filter } = await endedChats(20);
  const past = new PastChatList((command) => kim.request(command), filter);
  await table(world, past);
  const before = past.state.rooms.find(({ id }) => id === 'R12')?.before;
  expect(before).toBeDefined();
  const transcript = new Transcript((command) => kim.request(command), 'R12', before);
  void transcript.older();
  void transcript.older();
  await world.pass(100);
  expect(textsIn(transcript.state.items)).toEqual(['question 11', 'answer 11']);
  expect(transcript.state.items.at(-1)?.event).toBe('ended');
  expect(textsIn(transcript.state.past).at(-1)).toBe('question 10');
  while (transcript.state.more) {
    void transcript.older();
    await world.pass(100);
  }
  expect(textsIn(transcript.state.past)[0]).toBe('question 0');
});

test('without a cursor the chat is searched from the newest back', async () => {
  const { world, kim } = await endedChats(40);
  const transcript = new Transcript((command) => kim.request(command), 'R2', undefined);
  void transcript.older();
  await world.pass(1_000);
  expect(textsIn(transcript.state.items)).toEqual(['question 1', 'answer 1']);
  expect(textsIn(transcript.state.past)).toEqual(['question 0']);
});

test('a missing chat is an error', async () => {
  const { world, kim } = await endedChats(1);
  const transcript = new Transcript((command) => kim.request(command), 'R9', undefined);
  void transcript.older();
  await world.pass(100);
  expect(transcript.state).toMatchObject({ items: [], more: false, failed: 'not_found' });
});

test('a blocked customer can be unblocked', async () => {
  let blocked = true;
  const sent: string[] = [];
  const transcript = new Transcript(
    async (command) => {
      sent.push(command.action);
      if (command.action === 'block') blocked = command.blocked;
      if (command.action === 'block') return { type: 'room', room: null };
      return {
        type: 'history',
        messages: [{ seq: 1, from: 'customer', text: 'x', at: 1, room: 'r' }],
        blocked,
      };
    },
    'r',
    undefined,
  );
  expect(transcript.state.blocked).toBe(false);
  await transcript.older();
  expect(transcript.state.blocked).toBe(true);
  expect(await transcript.unblock()).toBeUndefined();
  expect(transcript.state).toMatchObject({ blocked: false, items: [{ text: 'x' }] });
  expect(sent).toEqual(['history', 'block']);
});

test('if unblocking is refused, the reason is returned and the customer stays blocked', async () => {
  const transcript = new Transcript(
    async ({ action }) =>
      action === 'block'
        ? { type: 'error', code: 'forbidden', message: '' }
        : { type: 'history', messages: [], blocked: true },
    'r',
    undefined,
  );
  await transcript.older();
  expect(await transcript.unblock()).toBe('forbidden');
  expect(transcript.state.blocked).toBe(true);
});
