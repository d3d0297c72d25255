import type { Embed } from './embed';
import type { Word, Words } from './words';

export interface Text {
  /** BCP 47, of the words. */
  lang: string;
  /** Words that came later. */
  learn(more: Words): void;
  t(key: Word, values?: Record<string, string | number>): string;
  /** In the visitor's way of writing times, as far as their browser names one for the language of the words. */
  format(at: number, options: Intl.DateTimeFormatOptions): string;
}

/** A page may say anything, and a browser `en-US@posix`: what is no language tag at all would throw where times are written. */
function known(tag: string): string | undefined {
  try {
    return `${new Intl.Locale(tag.replace(/_/g, '-'))}`;
  } catch {}
}

/** words: the built-in ones. own: the shop's, which need not be all. */
export function textOf(page: Pick<Embed, 'lang' | 'korean'>, words: Words, own?: Words): Text {
  const tag = known(page.lang) ?? 'en';
  const lang = own ? tag : page.korean ? 'ko' : 'en';
  const tags = [tag, ...(navigator.languages ?? [])].map(known);
  const locale = tags.find((it) => it?.startsWith(`${lang}-`)) ?? lang;
  return {
    lang,
    learn: (more) => Object.assign(words, more),
    t: (key, values) =>
      // A shop's own word for every place stands for the next one too.
      `${own?.[key] ?? (key === 'next' ? own?.position : undefined) ?? words[key] ?? ''}`.replace(
        /{(\w+)}/g,
        (_, name) => `${values?.[name]}`,
      ),
    format: (at, options) => new Date(at).toLocaleString(locale, options),
  };
}

/** What a file says, or a text that is JSON itself. Whoever cannot have it learns which it was. */
export async function read<T>(source: string): Promise<T> {
  try {
    return JSON.parse(source[0] === '{' ? source : await (await fetch(source)).text());
  } catch (cause) {
    throw new Error(`${source}: ${cause}`);
  }
}
