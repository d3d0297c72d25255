import type { Canned } from '../../client/wire/protocol';
import { typed } from './keystrokes';

const cache = new WeakMap<Canned, { name: string; words: string }>();

/** Title and text in the form that is compared; cached, since texts may be long and each key press compares all. */
function comparableText(item: Canned): { name: string; words: string } {
  const it = cache.get(item) ?? { name: typed(item.title), words: typed(item.text) };
  cache.set(item, it);
  return it;
}

/** 0: the title begins with the query. 1: a later word of it does. 2: elsewhere in the title. 3: in the text. -1: no hit. */
function rank(item: Canned, query: string): number {
  const { name, words } = comparableText(item);
  if (name.startsWith(query)) return 0;
  if (name.includes(` ${query}`)) return 1;
  if (name.includes(query)) return 2;
  return words.includes(query) ? 3 : -1;
}

/** The best hits first; hits of equal rank keep their order. */
export function search(items: readonly Canned[], words: string): Canned[] {
  const query = typed(words.trim());
  if (!query) return [...items];
  return items
    .map((item) => ({ item, at: rank(item, query) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The query: a `/` at the start of a word and the letters after it, right before the cursor. */
export function slashQuery(text: string, cursor: number): { from: number; words: string } | undefined {
  const found = /(?:^|\s)\/([^\s/]{0,30})$/.exec(text.slice(0, cursor));
  return found ? { from: cursor - (found[1]?.length ?? 0) - 1, words: found[1] ?? '' } : undefined;
}
