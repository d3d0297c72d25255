import { expect, test } from 'vitest';
import { linkTarget, splitLinks } from './links';

const addresses = (text: string) => splitLinks(text).filter((_, i) => i % 2);

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
  ['write to httpd-users@example.org.', ['httpd-users@example.org']],
  ['https-admin@example.org, http@example.org', ['https-admin@example.org', 'http@example.org']],
  ['help@a.example로 보내 주세요', ['help@a.example']],
  ['“https://a.example/b”, ‘https://c.example’', ['https://a.example/b', 'https://c.example']],
  ['看https://a.example/b。还有https://c.example！', ['https://a.example/b', 'https://c.example']],
  ['https://a.example/bを見て', ['https://a.example/b']],
  ['https://a.example입니다.', ['https://a.example']],
  ['https://쇼핑.example/상담은 여기', ['https://쇼핑.example/']],
  [
    'https://にほん.example/を見て, https://ニホンゴ.example',
    ['https://にほん.example/', 'https://ニホンゴ.example'],
  ],
  ['josé@a.example, héllo@a.example', ['josé@a.example', 'héllo@a.example']],
  ['https://bücher.example/ü?q=é', ['https://bücher.example/ü?q=é']],
  ['https://a.example:8443/b#c, http://[x', ['https://a.example:8443/b#c']],
  [`${'a'.repeat(70)}@a.example`, []],
])('%s', (text, found) => {
  expect(addresses(text)).toEqual(found);
  expect(splitLinks(text).join('')).toBe(text);
});

test('an address opens a web page or a mail, nothing else', () => {
  expect(linkTarget('HTTPS://a.example')).toBe('HTTPS://a.example');
  expect(linkTarget('help@a.example')).toBe('mailto:help@a.example');
  // A relative link of a page that is not ours.
  expect(linkTarget('httpd-users@example.org')).toBe('mailto:httpd-users@example.org');
  expect(linkTarget('https@example.org')).toBe('mailto:https@example.org');
});

/** Each is as long as a book: with a step for each pair of its letters it would not come back. */
test.each([
  ['one word', 'a'],
  ['words and dots', 'a.'],
  ['at signs', 'a@'],
  ['schemes', 'http://'],
  ['open brackets', 'http://('],
  ['labels', 'http://_.'],
  ['hosts of Hangul', 'http://가.'],
  ['brackets', '(a)'],
])('a text of nothing but %s takes linear time', (_, piece) => {
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
  expect(splitLinks(`http://${text}`).join('')).toBe(`http://${text}`);
  expect(splitLinks(text).join('')).toBe(text);
});
