import { expect, test } from 'vitest';
import { translation } from '../../components/translation';
import { words } from '../words';
import { formatAge } from './age';

const second = 1000;
const hour = 3600 * second;

test.each([
  [0, 'now', '방금'],
  [-5 * second, 'now', '방금'],
  [59 * second, 'now', '방금'],
  [61 * second, '1 min', '1분'],
  [hour, '1 h', '1시간'],
  [49 * hour, '2 d', '2일'],
])('%i ms ago', (ms, en, ko) => {
  expect(formatAge(0, ms, translation('en', words))).toBe(en);
  expect(formatAge(0, ms, translation('ko', words))).toBe(ko);
});
