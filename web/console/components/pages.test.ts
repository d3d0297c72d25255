import { expect, test } from 'vitest';
import { MAX_ROWS, pageOf } from './pages';

const items = Array.from({ length: 6_000 }, (_, i) => i);

test('6,000 rows are 30 pages, each row is on one of them, and none has more than 200', () => {
  const pages = Array.from({ length: 30 }, (_, i) => pageOf(items, i));
  expect(pages.map(({ rows }) => rows.length)).toEqual(pages.map(() => MAX_ROWS));
  expect(pages.flatMap(({ rows }) => rows)).toEqual(items);
  expect(pages.map(({ from }) => from)).toEqual(pages.map((_, i) => i * MAX_ROWS));
});

test('a list that has become shorter shows its last page', () => {
  expect(pageOf(items.slice(0, 201), 29)).toEqual({ rows: [200], from: 200, page: 1, of: 2 });
  expect(pageOf([], 29)).toEqual({ rows: [], from: 0, page: 0, of: 1 });
});
