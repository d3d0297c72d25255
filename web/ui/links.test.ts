import { describe, expect, test } from 'vitest';
import { links } from './links';

describe('links', () => {
  test.each([
    ['no address', [{ text: 'no address' }]],
    ['see https://a.example/b.', [{ text: 'see ' }, link('https://a.example/b'), { text: '.' }]],
    ['(https://a.example/b_(c))', [{ text: '(' }, link('https://a.example/b_(c)'), { text: ')' }]],
    ['https://a.example/상담을 여기서', [link('https://a.example/'), { text: '상담을 여기서' }]],
    ['https://a.example를 보세요', [link('https://a.example'), { text: '를 보세요' }]],
    [
      'http://a.example https://b.example',
      [link('http://a.example'), { text: ' ' }, link('https://b.example')],
    ],
    ['javascript:alert(1) data:text/html,x', [{ text: 'javascript:alert(1) data:text/html,x' }]],
    ['https://', [{ text: 'https://' }]],
    ['<a href="https://a.example">', [{ text: '<a href="' }, link('https://a.example'), { text: '">' }]],
  ])('%s', (text, parts) => {
    expect(links(text)).toEqual(parts);
  });

  test('loses no letter', () => {
    const text = 'a https://x.example?q=1&r=[2]) ,https://y.example!! z';
    expect(
      links(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});

function link(href: string) {
  return { text: href, href };
}
