import { expect, test } from 'vitest';
import type { Canned } from '../../client/wire/protocol';
import { search, slashQuery } from './search';

const items = [
  ['Where is my order', 'It ships today.'],
  ['Refund', 'The order is refunded.'],
  ['Order received', 'Thank you!'],
  ['Reorder', 'Again?'],
  ['배송 안내', '오늘 출고됩니다.'],
].map(([title, text], position) => ({ key: title, title, text, position }) as Canned);

test.each([
  ['', ['Where is my order', 'Refund', 'Order received', 'Reorder', '배송 안내']],
  ['ORDER', ['Order received', 'Where is my order', 'Reorder', 'Refund']],
  ['배송', ['배송 안내']],
  ['출고', ['배송 안내']],
  ['배소', ['배송 안내']],
  ['아ㄴ', ['배송 안내']],
  ['배송'.normalize('NFD'), ['배송 안내']],
  ['nothing', []],
])('%s', (words, titles) => {
  expect(search(items, words).map(({ title }) => title)).toEqual(titles);
});

test.each([
  ['/', 1, { from: 0, words: '' }],
  ['/ref', 4, { from: 0, words: 'ref' }],
  ['Hello /ref you', 10, { from: 6, words: 'ref' }],
  ['Hello\n/환', 8, { from: 6, words: '환' }],
  ['and/or', 6, undefined],
  ['https://a.example', 17, undefined],
  ['/two words', 10, undefined],
  ['/ref', 0, undefined],
])('%s at %i', (text, cursor, found) => {
  expect(slashQuery(text, cursor)).toEqual(found);
});
