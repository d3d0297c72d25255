import { expect, test } from 'vitest';
import { memoryStore } from '../shared/storage';
import { Drafts } from './drafts';

test('drafts outlive the page, each in its room and for its agent', () => {
  const store = memoryStore();
  const drafts = new Drafts(store, 'kim');
  let told = 0;
  drafts.subscribe(() => told++);
  drafts.set('a', 'one');
  drafts.set('b', 'two');
  drafts.set('a', '');
  expect(told).toBe(3);
  expect(new Drafts(store, 'kim').state).toEqual({ b: 'two' });
  expect(new Drafts(store, 'lee').state).toEqual({});
});

test('rooms that are over lose theirs', () => {
  const store = memoryStore();
  const drafts = new Drafts(store, 'kim');
  drafts.set('a', 'one');
  drafts.set('b', 'two');
  drafts.keep((room) => room === 'b');
  expect(drafts.state).toEqual({ b: 'two' });
  expect(new Drafts(store, 'kim').state).toEqual({ b: 'two' });
});

test('a broken store is an empty one', () => {
  const store = memoryStore();
  store.set('kim', '{');
  expect(new Drafts(store, 'kim').state).toEqual({});
});
