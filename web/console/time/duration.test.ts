import { expect, test } from 'vitest';
import { translation } from '../../components/translation';
import { words } from '../words';
import { formatDuration } from './duration';

test.each([
  [0, '0 s'],
  [499, '0 s'],
  [59_600, '1 min'],
  [65_000, '1 min 5 s'],
  [3_600_000, '1 h'],
  [3_725_000, '1 h 2 min'],
])('%i ms', (ms, said) => {
  expect(formatDuration(ms, translation('en', words))).toBe(said);
});
