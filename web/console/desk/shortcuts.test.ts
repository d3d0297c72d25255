import { expect, test } from 'vitest';
import { ACTIONS, KEY_LABELS, type KeyPress, shortcutOf } from './shortcuts';

const press = (code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key: code,
  altKey: true,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
});

test.each([
  [press('KeyT'), { action: 'take', n: 0 }],
  [press('KeyT', { key: '†' }), { action: 'take', n: 0 }],
  [press('Digit3'), { action: 'nth', n: 2 }],
  [press('ArrowUp'), { action: 'up', n: 0 }],
  [press('KeyT', { altKey: false }), undefined],
  [press('KeyT', { ctrlKey: true }), undefined],
  [press('KeyT', { metaKey: true }), undefined],
  [press('KeyT', { isComposing: true }), undefined],
  [press('Slash', { altKey: false, shiftKey: true, key: '?' }), { action: 'sheet', n: 0 }],
  [press('KeyZ'), undefined],
])('%o', (event, wanted) => {
  expect(shortcutOf(event, false)).toEqual(wanted);
});

test('in a field ? is typed, and the other shortcuts still work', () => {
  expect(shortcutOf(press('Slash', { altKey: false, key: '?' }), true)).toBeUndefined();
  expect(shortcutOf(press('KeyN'), true)).toEqual({ action: 'next', n: 0 });
});

test('the list has every shortcut once', () => {
  const names = ACTIONS.map((action) => KEY_LABELS[action]);
  expect(names.every(Boolean)).toBe(true);
  expect(new Set(names).size).toBe(ACTIONS.length);
});
