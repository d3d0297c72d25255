import { expect, test } from 'vitest';
import { fittingRooms, roomsAfterOpening } from './usePanes';

test.each([
  [['a'], undefined, 3, ['a']],
  [['a', 'b', 'c'], undefined, 2, ['a', 'b']],
  [['a', 'b', 'c'], 'c', 2, ['b', 'c']],
  [['a', 'b', 'c'], 'a', 1, ['a']],
  [['a', 'b', 'c'], 'b', 1, ['b']],
  [['a', 'b', 'c'], 'gone', 3, ['a', 'b', 'c']],
  [[], 'a', 2, []],
])('of %j with %s active, %i fit', (rooms, active, most, shown) => {
  expect(fittingRooms(rooms, active, most)).toEqual(shown);
});

test.each([
  ['the first', [], undefined, false, ['x']],
  ['in the place of the active one', ['a', 'b'], 'a', false, ['x', 'b']],
  ['beside', ['a', 'b'], 'a', true, ['a', 'b', 'x']],
  ['beside as many as fit', ['a', 'b', 'c'], 'a', true, ['b', 'c', 'x']],
  ['that is there', ['a', 'x'], 'a', true, ['a', 'x']],
])('opens %s', (_, rooms, active, beside, after) => {
  expect(roomsAfterOpening(rooms, active, 'x', beside)).toEqual(after);
});
