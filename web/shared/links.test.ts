import { expect, test } from 'vitest';
import { hrefOf, links } from './links';

const addresses = (text: string) => links(text).filter((_, i) => i % 2);

test.each([
  ['no address', []],
  ['see https://a.example/b.', ['https://a.example/b']],
  ['(https://a.example/b_(c))', ['https://a.example/b_(c)']],
  ['https://a.example/상담을 여기서', ['https://a.example/']],
  ['https://a.example를 보세요', ['https://a.example']],
  ['http://a.example https://b.example', ['http://a.example', 'https://b.example']],
  ['write to help@a.example, please', ['help@a.example']],
  ['javascript:alert(1) data:text/html,x', []],
  ['https://', []],
  ['<a href="https://a.example">', ['https://a.example']],
  [
    'a https://x.example?q=1&r=[2]) ,https://y.example!! z',
    ['https://x.example?q=1&r=', 'https://y.example'],
  ],
  [`http://a${')'.repeat(3990)}`, ['http://a']],
])('%s', (text, found) => {
  expect(addresses(text)).toEqual(found);
  expect(links(text).join('')).toBe(text);
});

test('an address leads to the web or to a letter, nowhere else', () => {
  expect(hrefOf('HTTPS://a.example')).toBe('HTTPS://a.example');
  expect(hrefOf('help@a.example')).toBe('mailto:help@a.example');
});
