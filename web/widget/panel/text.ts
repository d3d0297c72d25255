import type { Embed } from '../embed';
import type { Word, Words } from '../words/keys';

export interface Translation {
  /** Language of the words, BCP 47. */
  lang: string;
  /** Adds words that were loaded later. */
  addWords(more: Words): void;
  /** The word, its `{name}`s replaced by `values`. */
  t(key: Word, values?: Record<string, string | number>): string;
  /** Formats a time, ms since the epoch, in the visitor's locale if that is of the words' language. */
  format(at: number, options: Intl.DateTimeFormatOptions): string;
}

/** The tag in its canonical form; undefined if it is invalid (`en-US@posix`), which would throw when times are formatted. */
function validTag(tag: string): string | undefined {
  try {
    return `${new Intl.Locale(tag.replace(/_/g, '-'))}`;
  } catch {}
}

/** `words` are built in; `shopWords` take precedence, and may be incomplete. */
export function translation(
  page: Pick<Embed, 'lang' | 'korean'>,
  words: Words,
  shopWords?: Words,
): Translation {
  const tag = validTag(page.lang) ?? 'en';
  const lang = shopWords ? tag : page.korean ? 'ko' : 'en';
  const tags = [tag, ...navigator.languages].map(validTag);
  const locale = tags.find((it) => it?.startsWith(`${lang}-`)) ?? lang;
  // A shop's own `position` is used for the first place too, unless it has a `next`.
  const custom: Words = { next: shopWords?.position, ...shopWords };
  return {
    lang,
    addWords: (more) => Object.assign(words, more),
    t: (key, values) =>
      `${custom[key] ?? words[key] ?? ''}`.replace(/{(\w+)}/g, (_, name) => `${values?.[name]}`),
    format: (at, options) => new Date(at).toLocaleString(locale, options),
  };
}

/** Reads JSON from an address, or from the text itself. The error names the source. */
export async function readJson<T>(source: string): Promise<T> {
  try {
    return JSON.parse(source[0] === '{' ? source : await (await fetch(source)).text());
  } catch (cause) {
    throw new Error(`${source}: ${cause}`);
  }
}
