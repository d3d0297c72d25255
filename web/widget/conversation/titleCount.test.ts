import { expect, test, vi } from 'vitest';
import { createTitleCount } from './titleCount';

/** A page with this title, and the widget's count in it. */
function page(name: string) {
  vi.stubGlobal('document', { title: name });
  const { count, title } = createTitleCount();
  const shows = (unread: number) => {
    count(unread);
    return document.title;
  };
  return { shows, title };
}

test.each(['Shop', '(3) Inbox', '(1) (2) x', ''])('the title %j keeps its own count', (name) => {
  const { shows, title } = page(name);
  expect(shows(0)).toBe(name);
  expect(shows(1)).toBe(`(1) ${name}`);
  expect(shows(3)).toBe(`(3) ${name}`);
  expect(title()).toBe(name);
  expect(shows(0)).toBe(name);
});

test('a title that the page has changed meanwhile is kept', () => {
  const { shows } = page('Shop');
  shows(2);
  document.title = '(7) Cart';
  expect(shows(2)).toBe('(2) (7) Cart');
  expect(shows(0)).toBe('(7) Cart');
});
