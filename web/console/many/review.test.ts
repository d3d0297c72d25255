import { expect, test } from 'vitest';
import type { Command, RoomObject, ServerFrame, WaitingFrame } from '../../client/wire/protocol';
import { Review } from './review';

const page = (of: Partial<WaitingFrame>): WaitingFrame => ({
  type: 'waiting',
  checked: 150,
  found: 0,
  ended: 0,
  blocked: 0,
  failed: 0,
  rooms: [],
  groups: [],
  ...of,
});
const room = (id: string) => ({ id }) as RoomObject;

/** A review whose requests get these answers. */
function review(...answers: (ServerFrame | undefined | (() => ServerFrame))[]) {
  const sent: Command[] = [];
  const it = new Review(async (command) => {
    sent.push(command);
    const answer = answers.shift();
    return typeof answer === 'function' ? answer() : answer;
  });
  return { it, sent };
}

test('all that wait are looked at, page by page, for what they have in common', async () => {
  const { it, sent } = review(
    page({
      found: 150,
      rooms: [room('a')],
      groups: [
        { from: 'x', rooms: 40 },
        { text: 'spam', rooms: 90 },
      ],
      cursor: 'c',
    }),
    page({
      checked: 20,
      found: 20,
      groups: [
        { from: 'y', rooms: 15 },
        { from: 'x', rooms: 5 },
        { text: 'spam', rooms: 8 },
      ],
    }),
  );
  await it.look({});
  expect(sent).toEqual([
    { action: 'endWaiting', act: 'look' },
    { action: 'endWaiting', act: 'look', cursor: 'c' },
  ]);
  expect(it.state).toMatchObject({ status: 'looked', checked: 170, found: 170, rooms: [{ id: 'a' }] });
  expect(it.state.groups).toEqual([
    { from: 'x', rooms: 45 },
    { from: 'y', rooms: 15 },
    { text: 'spam', rooms: 98 },
  ]);
});

test('ending goes on to the last page, and adds up', async () => {
  const { it, sent } = review(
    page({ found: 60, groups: [] }),
    page({ found: 50, ended: 50, blocked: 49, cursor: 'c' }),
    page({ found: 10, ended: 8, blocked: 8, failed: 1 }),
  );
  await it.look({ from: 'x' });
  await it.act('block', { from: 'x' });
  expect(sent.slice(1)).toEqual([
    { action: 'endWaiting', act: 'block', from: 'x' },
    { action: 'endWaiting', act: 'block', from: 'x', cursor: 'c' },
  ]);
  expect(it.state).toMatchObject({ status: 'done', found: 60, ended: 58, blocked: 57, failed: 1 });
});

test('after a stop no page is sent, and what the last one ended is counted', async () => {
  const { it, sent } = review(() => {
    it.stop();
    return page({ found: 50, ended: 50, cursor: 'c' });
  });
  await it.act('end', { pattern: 'spam' });
  expect(sent).toHaveLength(1);
  expect(it.state).toMatchObject({ status: 'done', ended: 50 });
});

test('while another pattern is typed, nothing counts as looked at, not even the answer to the last one', async () => {
  let answer: (it: ServerFrame) => void = () => {};
  const it = new Review(
    () =>
      new Promise<ServerFrame>((resolve) => {
        answer = resolve;
      }),
  );
  const older = it.look({ pattern: 's' });
  it.doubt();
  answer(page({ found: 99 }));
  await older;
  expect(it.state).toMatchObject({ status: 'looking', found: 0 });
});

test('a newer question replaces the answer to an older one', async () => {
  let answer: (it: ServerFrame) => void = () => {};
  const first = new Promise<ServerFrame>((resolve) => {
    answer = resolve;
  });
  const answers = [first, Promise.resolve(page({ found: 2 }))];
  const it = new Review(() => answers.shift() as Promise<ServerFrame>);
  const older = it.look({ pattern: 's' });
  await it.look({ pattern: 'sp' });
  answer(page({ found: 99 }));
  await older;
  expect(it.state).toMatchObject({ status: 'looked', found: 2 });
});

test.each([
  ['refused', { type: 'error', code: 'forbidden', message: '', retry: false } as ServerFrame, 'forbidden'],
  ['not answered', undefined, 'unavailable'],
])('%s: the reason is shown', async (_, answer, code) => {
  const { it } = review(answer);
  await it.act('end', { pattern: 'spam' });
  expect(it.state).toMatchObject({ status: 'failed', code });
});

test('what was in common stays while one of the groups is looked at', async () => {
  const { it } = review(
    page({ found: 9, groups: [{ from: 'x', rooms: 9 }] }),
    page({ found: 9, groups: [{ from: 'x', rooms: 9 }] }),
  );
  await it.look({});
  const { groups } = it.state;
  await it.look({ from: 'x' });
  expect(it.state.groups).toEqual(groups);
});
