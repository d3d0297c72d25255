import { expect, test } from 'vitest';
import { hashOf, routeOf } from './route';

test.each([
  ['', 'chats', []],
  ['#', 'chats', []],
  ['#/chats', 'chats', []],
  ['#/chats/A/B/A', 'chats', ['A', 'B']],
  ['#/past/R?agent=a_1&from=1', 'past', ['R']],
  ['#/canned', 'canned', []],
  ['#/stats?range=month', 'stats', []],
  ['#/hours?site=tea', 'hours', []],
  ['#/who/knows', 'chats', ['knows']],
  ['#/chats/A/%E0%A4', 'chats', ['A']],
  ['#/%', 'chats', []],
])('%s', (hash, view, rooms) => {
  expect(routeOf(hash)).toMatchObject({ view, rooms });
});

test('an address is parsed to what it was made from', () => {
  const query = new URLSearchParams({ text: 'a/b ?&', agent: 'a_1' });
  const back = routeOf(hashOf('past', ['R/1?'], query));
  expect(back).toMatchObject({ view: 'past', rooms: ['R/1?'] });
  expect(Object.fromEntries(back.query)).toEqual({ text: 'a/b ?&', agent: 'a_1' });
});
