import { expect, test } from 'vitest';
import { memoryStore } from '../../client/line/storage';
import { Drafts } from './drafts';

test('drafts survive a reload, by room and agent', () => {
  const store = memoryStore();
  const drafts = new Drafts(store, 'kim');
  let changes = 0;
  drafts.subscribe(() => changes++);
  drafts.set('a', 'one');
  drafts.set('b', 'two');
  drafts.set('a', '');
  expect(changes).toBe(3);
  expect(new Drafts(store, 'kim').state).toEqual({ b: 'two' });
  expect(new Drafts(store, 'lee').state).toEqual({});
});

test('drafts of ended rooms are removed', () => {
  const store = memoryStore();
  const drafts = new Drafts(store, 'kim');
  drafts.set('a', 'one');
  drafts.set('b', 'two');
  drafts.keepOnly((room) => room === 'b');
  expect(drafts.state).toEqual({ b: 'two' });
  expect(new Drafts(store, 'kim').state).toEqual({ b: 'two' });
});

test('two windows keep and show the drafts of both', () => {
  const store = memoryStore();
  const older = new Drafts(store, 'kim');
  older.set('a', 'half');
  const newer = new Drafts(store, 'kim');
  newer.set('a', ''); // sent
  newer.set('b', 'started there');
  older.reload();
  expect(older.state).toEqual({ b: 'started there' });
  newer.set('b', 'started there and continued');
  older.set('c', 'one');
  const kept = { b: 'started there and continued', c: 'one' };
  expect(older.state).toEqual(kept);
  expect(new Drafts(store, 'kim').state).toEqual(kept);
  newer.keepOnly((room) => room !== 'b');
  expect(new Drafts(store, 'kim').state).toEqual({ c: 'one' });
});

test('an unreadable value counts as no drafts', () => {
  const store = memoryStore();
  store.set('kim', '{');
  expect(new Drafts(store, 'kim').state).toEqual({});
});
