import { expect, test, vi } from 'vitest';
import type { RoomObject } from '../../client/wire/protocol';
import { createDraft } from './draft';

const room = (id: string, customer = 'c_1') => ({ id, customer: { id: customer } }) as RoomObject;

/** As a browser's storage: its own properties are the stored values. */
function stubStorage() {
  const methods = {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => {
      stored[key] = value;
    },
  };
  const stored: Record<string, string> = Object.create(methods);
  vi.stubGlobal('sessionStorage', stored);
  return stored;
}

test('a draft survives a reload, and moves from room to room', () => {
  const stored = stubStorage();
  const first = createDraft();
  first.setRoom(room('1'));
  first.write('My card ends in');
  createDraft().setRoom(undefined); // a reload, before anything is known
  expect(Object.values(stored)).toEqual(['My card ends in']);
  first.setRoom(room('2'));
  expect(Object.values(stored).filter(Boolean)).toEqual(['My card ends in']);
});

test.each([[null], [room('2', 'v_2')], [room('3', 'c_3')]])(
  'after a log-out no draft stays in the tab: %j',
  (next) => {
    const stored = stubStorage();
    stored.cart = '3 mugs';
    const first = createDraft();
    first.setRoom(room('1'));
    first.write('My card ends in');
    createDraft().setRoom(next); // after a reload, of another customer
    expect(JSON.stringify({ ...stored })).not.toContain('card');
    expect(stored.cart).toBe('3 mugs');
  },
);

test('a visitor who logs in has their draft again after the log-out', () => {
  stubStorage();
  const first = createDraft();
  first.setRoom(room('1', 'v_1'));
  first.write('A question');
  createDraft().setRoom(room('2', 'c_2'));
  const again = createDraft();
  again.setRoom(room('1', 'v_1'));
  again.setRoom(room('3', 'v_1')); // the draft moves along
  again.setRoom(room('3', 'v_1'));
  expect(Object.values({ ...sessionStorage }).filter(Boolean)).toEqual(['A question']);
});
