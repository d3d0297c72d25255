import { expect, test, vi } from 'vitest';
import { attention, title } from './attention';
import type { Context } from './part';

/** A page, and what the widget knows of it. */
function page(name: string) {
  const node = () => ({ append: () => {} });
  vi.stubGlobal('document', { title: name, createElement: node });
  const state = { unread: 0, items: [], room: undefined };
  const { update } = attention(
    {
      t: (key: string) => key,
      embed: {
        button: { ariaLabel: 'Chat', dataset: {} },
        tell: () => {},
        load: () => new Promise(() => {}),
      },
      session: { state },
    } as unknown as Context,
    ['news.js', ''],
  );
  return (unread: number) => {
    state.unread = unread;
    update(false);
    return document.title;
  };
}

test.each(['Shop', '(3) Inbox', '(1) (2) x', ''])('%j keeps its own count', (name) => {
  const shows = page(name);
  expect(shows(0)).toBe(name);
  expect(shows(1)).toBe(`(1) ${name}`);
  expect(shows(3)).toBe(`(3) ${name}`);
  expect(title()).toBe(name);
  expect(shows(0)).toBe(name);
});

test('a title that the page changes meanwhile is the new one', () => {
  const shows = page('Shop');
  shows(2);
  document.title = '(7) Cart';
  expect(shows(2)).toBe('(2) (7) Cart');
  expect(shows(0)).toBe('(7) Cart');
});
