import { expect, test } from 'vitest';
import cases from '../../../internal/chat/testdata/clean.json';
import { clean, cut, oneLine } from './clean';

test.each(cases)('cleaned as on the server: $name', ({ given, text, line: one }) => {
  expect(clean(given)).toBe(text);
  expect(oneLine(given, 64)).toBe(one);
});

test('a lone surrogate becomes U+FFFD, as on the server', () => {
  expect(clean('x\ud83dy')).toBe('x\ufffdy');
  expect(oneLine('\udc00', 64)).toBe('\ufffd');
});

test('code points are counted, not halves of them', () => {
  expect(cut('😀'.repeat(70), 64)).toBe('😀'.repeat(64));
  expect(oneLine(`  ${'😀'.repeat(64)}\u0000 `, 64)).toBe('😀'.repeat(64));
  expect(oneLine(`${'a'.repeat(63)} bc`, 64)).toBe('a'.repeat(63));
});

test.each([5, null, undefined, {}, ['a']])('a value that is no string becomes empty: %j', (given) => {
  expect(oneLine(given, 64)).toBe('');
});
