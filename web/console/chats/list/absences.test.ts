import { expect, test } from 'vitest';
import { AbsenceTracker, SETTLE_MS } from './absences';

/** Ids of customers, with a minus before those who are offline. */
const absences = () => {
  const tracker = new AbsenceTracker();
  return (words: string, now: number) => {
    const people = words.split(' ').filter(Boolean);
    const { left, nextChange } = tracker.update(
      people.map((it) => ({ id: it.replace('-', ''), online: !it.startsWith('-') })),
      now,
    );
    return { left: [...left].join(' '), nextChange };
  };
};

test('a customer who is offline when first seen has left', () => {
  expect(absences()('-a b -c', 1_000)).toEqual({ left: 'a c', nextChange: undefined });
});

test('a short absence does not count as leaving', () => {
  const update = absences();
  update('a b', 0);
  expect(update('-a b', 1_000)).toEqual({ left: '', nextChange: 1_000 + SETTLE_MS });
  expect(update('-a b', SETTLE_MS)).toEqual({ left: '', nextChange: 1_000 + SETTLE_MS });
  expect(update('a b', SETTLE_MS)).toEqual({ left: '', nextChange: undefined });
  expect(update('-a b', 2 * SETTLE_MS).left).toBe('');
});

test('a customer who stays offline has left until they are back', () => {
  const update = absences();
  update('a b', 0);
  update('-a -b', 1_000);
  expect(update('-a b', 1_000 + SETTLE_MS)).toEqual({ left: 'a', nextChange: undefined });
  expect(update('a b', 60_000)).toEqual({ left: '', nextChange: undefined });
});

test('of several offline customers the earliest decides the next change', () => {
  const update = absences();
  update('a b', 0);
  update('-a b', 1_000);
  expect(update('-a -b', 2_000).nextChange).toBe(1_000 + SETTLE_MS);
});

test('a customer who returns to the queue offline has left at once', () => {
  const update = absences();
  update('a', 0);
  update('', 1_000);
  expect(update('-a', 2_000).left).toBe('a');
});
