import type { Embed } from './embed';
import type { AllWords, Word, Words } from './words';

export interface Text {
  /** BCP 47, of the words. */
  lang: string;
  t(key: Word, values?: Record<string, string | number>): string;
  /** In the visitor's way of writing times, as far as their browser names one for the language of the words. */
  format(at: number, options: Intl.DateTimeFormatOptions): string;
}

/** words: the built-in ones. own: the shop's, which need not be all. */
export function textOf(page: Pick<Embed, 'lang' | 'korean'>, words: AllWords, own?: Words): Text {
  let tag = 'en';
  try {
    tag = `${new Intl.Locale(page.lang.replace('_', '-'))}`;
  } catch {
    // A page may say anything; what is no language at all is taken for English.
  }
  const lang = own ? tag : page.korean ? 'ko' : 'en';
  const locale = [tag, ...navigator.languages].find((it) => it.startsWith(`${lang}-`)) ?? lang;
  return {
    lang,
    t: (key, values) =>
      // A shop's own word for every place stands for the next one too.
      (own?.[key] ?? (key === 'next' ? own?.position : undefined) ?? words[key] ?? '').replace(
        /{(\w+)}/g,
        (_, name) => `${values?.[name]}`,
      ),
    format: (at, options) => new Date(at).toLocaleString(locale, options),
  };
}

/** What a shop says: JSON, or the address of some. Without it the chat has what is its own. */
export async function said<T = Words>(json: string | undefined): Promise<T | undefined> {
  try {
    return json && JSON.parse(json[0] === '{' ? json : await (await fetch(json)).text());
  } catch {
    // A file that cannot be had, or is none.
  }
}
