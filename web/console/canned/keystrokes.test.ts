import { expect, test } from 'vitest';
import { typed } from './keystrokes';

test.each([
  ['환불', ['ㅎ', '호', '화', '환', '환ㅂ', '환부', '환불']],
  ['가방', ['가', '갑', '가바', '가방']],
  ['값이', ['갑', '값', '값ㅇ', '값이']],
  ['의자', ['으', '의', '읮', '의자']],
  ['까닭', ['까', '까다', '까달', '까닭']],
])('%s begins with each step of its typing', (word, steps) => {
  for (const step of steps) expect(typed(word).startsWith(typed(step)), step).toBe(true);
});

test.each([
  ['환불', '환불'.normalize('NFD')],
  ['Refund', 'ＲＥＦＵＮＤ'],
  ['Straße', 'STRASSE'],
  ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
  ['İstanbul', 'istanbul'],
  ['ｶｰﾄﾞ', 'カード'],
])('%s and %s are typed alike', (one, other) => {
  expect(typed(one)).toBe(typed(other));
});

test('different letters differ', () => {
  expect(typed('환')).not.toBe(typed('한'));
  expect(typed('불').startsWith(typed('부ㅇ'))).toBe(false);
});
