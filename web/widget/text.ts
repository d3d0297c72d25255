import { type Words, words } from './words';

export interface Text {
  /** BCP 47, of the words. */
  lang: string;
  t(key: keyof typeof words, values?: Record<string, string | number>): string;
  /** In the visitor's way of writing times, as far as their browser names one for the language of the words. */
  format(at: number, options: Intl.DateTimeFormatOptions): string;
}

/** page: language of the page. own: the shop's words, which need not be all. */
export function textOf(page: string, own: Words | undefined): Text {
  let tag = 'en';
  try {
    tag = `${new Intl.Locale(page.replace('_', '-'))}`;
  } catch {
    // A page may say anything; what is no language at all is taken for English.
  }
  const korean = /^ko/.test(tag);
  const lang = own ? tag : korean ? 'ko' : 'en';
  const locale = [tag, ...navigator.languages].find((it) => it.startsWith(`${lang}-`)) ?? lang;
  return {
    lang,
    t: (key, values) =>
      (own?.[key] ?? words[key][+korean] ?? '').replace(/{(\w+)}/g, (_, name) => `${values?.[name]}`),
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
