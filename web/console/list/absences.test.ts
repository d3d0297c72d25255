import { expect, test } from 'vitest';
import type { RoomObject } from '../../shared/protocol';
import { Absences, SETTLE_MS } from './absences';

const queue = (words: string) =>
  words
    .split(' ')
    .filter(Boolean)
    .map((it) => ({ id: it.replace('-', ''), customer: { online: !it.startsWith('-') } }) as RoomObject);

const absences = () => {
  const all = new Absences();
  return (words: string, now: number) => {
    const { here, left, next } = all.part(queue(words), now);
    const ids = (of: RoomObject[]) => of.map(({ id }) => id).join(' ');
    return { here: ids(here), left: ids(left), next };
  };
};

test('who was gone when the page was opened has left', () => {
  expect(absences()('-a b -c', 1_000)).toEqual({ here: 'b', left: 'a c', next: undefined });
});

test('a page change is no leave', () => {
  const part = absences();
  part('a b', 0);
  expect(part('-a b', 1_000)).toEqual({ here: 'a b', left: '', next: 1_000 + SETTLE_MS });
  expect(part('-a b', SETTLE_MS)).toEqual({ here: 'a b', left: '', next: 1_000 + SETTLE_MS });
  expect(part('a b', SETTLE_MS)).toEqual({ here: 'a b', left: '', next: undefined });
  expect(part('-a b', 2 * SETTLE_MS).here).toBe('a b');
});

test('who stays away leaves their place to the others, and has it when they are back', () => {
  const part = absences();
  part('a b', 0);
  part('-a b', 1_000);
  expect(part('-a b', 1_000 + SETTLE_MS)).toEqual({ here: 'b', left: 'a', next: undefined });
  expect(part('a b', 60_000)).toEqual({ here: 'a b', left: '', next: undefined });
});

test('who went and comes to wait again begins anew', () => {
  const part = absences();
  part('a', 0);
  part('', 1_000);
  expect(part('-a', 2_000).left).toBe('a');
});
