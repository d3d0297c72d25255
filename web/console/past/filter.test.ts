import { expect, test } from 'vitest';
import { dayOf } from '../time/days';
import { chatsQuery, filterOf, queryOf } from './filter';

const now = new Date(2026, 10, 26, 15);

test('the default is the last seven days', () => {
  expect(filterOf(new URLSearchParams(), now)).toMatchObject({ from: '2026-11-20', to: '2026-11-26' });
});

test('an address has the whole filter; an invalid day is replaced by the default', () => {
  const filter = {
    from: '2026-01-01',
    to: '2026-01-31',
    agent: 'a_1',
    reason: 'idle',
    rating: '5',
    text: 'x&y',
  };
  expect(filterOf(queryOf(filter), now)).toEqual(filter);
  expect(filterOf(new URLSearchParams('from=yesterday'), now).from).toBe('2026-11-20');
});

test('both days are included, and requested in milliseconds', () => {
  const filter = filterOf(new URLSearchParams('from=2026-11-26&to=2026-11-26&text= a &rating=5'), now);
  expect(chatsQuery(filter)).toEqual({
    from: new Date(2026, 10, 26).getTime(),
    to: new Date(2026, 10, 27).getTime() - 1,
    rating: 5,
    text: 'a',
  });
  expect(dayOf(new Date(chatsQuery(filter).from))).toBe('2026-11-26');
});
