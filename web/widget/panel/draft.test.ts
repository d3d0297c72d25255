import { expect, test, vi } from 'vitest';
import type { RoomObject } from '../../client/wire/protocol';
import { createDraft } from './draft';

const room = (id: string, customer = 'c_1') => ({ id, customer: { id: customer } }) as RoomObject;

/** As a browser's: its keys are what is kept. */
function area() {
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
  };
  const kept: Record<string, string> = Object.create(methods);
  vi.stubGlobal('sessionStorage', kept);
  return kept;
}

test('a draft outlives a reload, and goes along from room to room', () => {
  const kept = area();
  const first = createDraft();
  first.setRoom(room('1'));
  first.write('My card ends in');
  createDraft().setRoom(undefined); // a reload, before anything is known
  expect(Object.values(kept)).toEqual(['My card ends in']);
  first.setRoom(room('2'));
  expect(Object.values(kept).filter(Boolean)).toEqual(['My card ends in']);
});

test.each([[null], [room('2', 'v_2')], [room('3', 'c_3')]])(
  'of who has logged out nothing begun stays in the tab: %j',
  (next) => {
    const kept = area();
    kept.cart = '3 mugs';
    const first = createDraft();
    first.setRoom(room('1'));
    first.write('My card ends in');
    createDraft().setRoom(next); // after a reload: somebody else
    expect(JSON.stringify({ ...kept })).not.toContain('card');
    expect(kept.cart).toBe('3 mugs');
  },
);

test('a visitor who logs in finds what they had begun when they are out again', () => {
  area();
  const first = createDraft();
  first.setRoom(room('1', 'v_1'));
  first.write('A question');
  createDraft().setRoom(room('2', 'c_2'));
  const again = createDraft();
  again.setRoom(room('1', 'v_1'));
  again.setRoom(room('3', 'v_1')); // it goes along
  again.setRoom(room('3', 'v_1'));
  expect(Object.values({ ...sessionStorage }).filter(Boolean)).toEqual(['A question']);
});
