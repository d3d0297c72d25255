import { expect, test } from 'vitest';
import { AbsenceTracker, SETTLE_MS } from './absences';

/** Ids, with a minus of who is gone. */
const absences = () => {
  const all = new AbsenceTracker();
  return (words: string, now: number) => {
    const people = words.split(' ').filter(Boolean);
    const { left, nextChange } = all.update(
      people.map((it) => ({ id: it.replace('-', ''), online: !it.startsWith('-') })),
      now,
    );
    return { left: [...left].join(' '), nextChange };
  };
};

test('who was gone when the page was opened has left', () => {
  expect(absences()('-a b -c', 1_000)).toEqual({ left: 'a c', nextChange: undefined });
});

test('a page change is no leave', () => {
  const look = absences();
  look('a b', 0);
  expect(look('-a b', 1_000)).toEqual({ left: '', nextChange: 1_000 + SETTLE_MS });
  expect(look('-a b', SETTLE_MS)).toEqual({ left: '', nextChange: 1_000 + SETTLE_MS });
  expect(look('a b', SETTLE_MS)).toEqual({ left: '', nextChange: undefined });
  expect(look('-a b', 2 * SETTLE_MS).left).toBe('');
});

test('who stays away has left, until they are back', () => {
  const look = absences();
  look('a b', 0);
  look('-a -b', 1_000);
  expect(look('-a b', 1_000 + SETTLE_MS)).toEqual({ left: 'a', nextChange: undefined });
  expect(look('a b', 60_000)).toEqual({ left: '', nextChange: undefined });
});

test('the first of several is waited for', () => {
  const look = absences();
  look('a b', 0);
  look('-a b', 1_000);
  expect(look('-a -b', 2_000).nextChange).toBe(1_000 + SETTLE_MS);
});

test('who went and comes to wait again begins anew', () => {
  const look = absences();
  look('a', 0);
  look('', 1_000);
  expect(look('-a', 2_000).left).toBe('a');
});
