import { expect, test } from 'vitest';
import { memoryStore } from '../../client/line/storage';
import { Settings } from './settings';

test('a channel that was switched off stays off', () => {
  const store = memoryStore();
  const settings = new Settings(store);
  expect(settings.state).toEqual({ sound: true, title: true, badge: true, desktop: false });
  settings.set('sound', false);
  expect(new Settings(store).state).toEqual({ sound: false, title: true, badge: true, desktop: false });
});

test.each(['{', 'null', '{"sound":"loud","else":true}'])('%s in the store is ignored', (kept) => {
  const store = memoryStore();
  store.set('rejoin.notices', kept);
  expect(new Settings(store).state).toEqual(new Settings(memoryStore()).state);
});
