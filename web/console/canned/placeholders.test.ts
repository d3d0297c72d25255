import { expect, test } from 'vitest';
import { fillPlaceholders } from './placeholders';

const names = { customer: '$& {agent}', agent: 'Hana' };

test.each([
  ['Hello {customer}!', 'Hello $& {agent}!'],
  ['{고객} 님, {상담원}입니다', '$& {agent} 님, Hana입니다'],
  ['{Customer} {AGENT}', '$& {agent} Hana'],
  ['{ customer } {} {other} {{agent}}', '{ customer } {} {other} {Hana}'],
  ['no names', 'no names'],
])('%s', (text, said) => {
  expect(fillPlaceholders(text, names)).toBe(said);
});
