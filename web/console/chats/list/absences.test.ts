import { expect, test } from 'vitest';
import { Absences, SETTLE_MS } from './absences';

/** Ids, with a minus of who is gone. */
const absences = () => {
  const all = new Absences();
  return (words: string, now: number) => {
    const people = words.split(' ').filter(Boolean);
    const { left, next } = all.look(
      people.map((it) => ({ id: it.replace('-', ''), online: !it.startsWith('-') })),
      now,
    );
    return { left: [...left].join(' '), next };
  };
};

test('who was gone when the page was opened has left', () => {
  expect(absences()('-a b -c', 1_000)).toEqual({ left: 'a c', next: undefined });
});

test('a page change is no leave', () => {
  const look = absences();
  look('a b', 0);
  expect(look('-a b', 1_000)).toEqual({ left: '', next: 1_000 + SETTLE_MS });
  expect(look('-a b', SETTLE_MS)).toEqual({ left: '', next: 1_000 + SETTLE_MS });
  expect(look('a b', SETTLE_MS)).toEqual({ left: '', next: undefined });
  expect(look('-a b', 2 * SETTLE_MS).left).toBe('');
});

test('who stays away has left, until they are back', () => {
  const look = absences();
  look('a b', 0);
  look('-a -b', 1_000);
  expect(look('-a b', 1_000 + SETTLE_MS)).toEqual({ left: 'a', next: undefined });
  expect(look('a b', 60_000)).toEqual({ left: '', next: undefined });
});

test('the first of several is waited for', () => {
  const look = absences();
  look('a b', 0);
  look('-a b', 1_000);
  expect(look('-a -b', 2_000).next).toBe(1_000 + SETTLE_MS);
});

test('who went and comes to wait again begins anew', () => {
  const look = absences();
  look('a', 0);
  look('', 1_000);
  expect(look('-a', 2_000).left).toBe('a');
});
