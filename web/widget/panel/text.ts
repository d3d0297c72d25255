import type { Embed } from '../embed';
import type { Word, Words } from '../words/keys';

export interface Text {
  /** BCP 47, of the words. */
  lang: string;
  /** Adds words that were loaded later. */
  learn(more: Words): void;
  t(key: Word, values?: Record<string, string | number>): string;
  /** In the visitor's way of writing times, as far as their browser names one for the language of the words. */
  format(at: number, options: Intl.DateTimeFormatOptions): string;
}

/** An invalid language tag, from the page or from a browser (`en-US@posix`), would throw where times are formatted. */
function known(tag: string): string | undefined {
  try {
    return `${new Intl.Locale(tag.replace(/_/g, '-'))}`;
  } catch {}
}

/** `words` are the built-in ones, `own` those of the shop, which may be incomplete. */
export function textOf(page: Pick<Embed, 'lang' | 'korean'>, words: Words, own?: Words): Text {
  const tag = known(page.lang) ?? 'en';
  const lang = own ? tag : page.korean ? 'ko' : 'en';
  const tags = [tag, ...(navigator.languages ?? [])].map(known);
  const locale = tags.find((it) => it?.startsWith(`${lang}-`)) ?? lang;
  // A shop that words `position` itself has it used for the next place too.
  const said: Words = { next: own?.position, ...own };
  return {
    lang,
    learn: (more) => Object.assign(words, more),
    t: (key, values) =>
      `${said[key] ?? words[key] ?? ''}`.replace(/{(\w+)}/g, (_, name) => `${values?.[name]}`),
    format: (at, options) => new Date(at).toLocaleString(locale, options),
  };
}

/** Reads JSON from a file, or from the text itself. The error names which it was. */
export async function read<T>(source: string): Promise<T> {
  try {
    return JSON.parse(source[0] === '{' ? source : await (await fetch(source)).text());
  } catch (cause) {
    throw new Error(`${source}: ${cause}`);
  }
}
