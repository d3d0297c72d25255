import { type Words, words } from './words';

export interface Text {
  /** BCP 47: of the words, and of the visitor's region where their browser names one for that language. */
  lang: string;
  t(key: keyof Words, values?: Record<string, string | number>): string;
  /** What is said of a system event; undefined for one that there are no words for. */
  event(name: string, by: string): string | undefined;
  time(at: number): string;
  day(at: number): string;
  minutes(ms: number): string;
}

/** lang: of the page. own: the shop's words, which need not be all. */
export function textOf(lang: string, own: Partial<Words> | undefined): Text {
  const known = /^ko/.test(lang) ? 'ko' : 'en';
  const all: Record<string, string> = { ...words[known], ...own };
  const base = (own ? lang : known).split('-')[0];
  const region = [lang, ...navigator.languages].find((it) => it.split('-')[0] === base && it !== base);
  const locale = region ?? base;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const time = format({ hour: 'numeric', minute: '2-digit' });
  const day = format({ weekday: 'long', month: 'long', day: 'numeric' });
  const put = (words = '', values: Record<string, string | number> = {}) =>
    words.replace(/\{(\w+)\}/g, (_, name) =>
      typeof values[name] === 'number' ? values[name].toLocaleString(locale) : `${values[name]}`,
    );
  return {
    lang: `${base}`,
    t: (key, values) => put(all[key], values),
    event: (name, by) => all[name] && put(all[name], { name: by }),
    time: (at) => time.format(at),
    day: (at) => day.format(at),
    minutes: (ms) =>
      Math.max(1, Math.round(ms / 60_000)).toLocaleString(locale, {
        style: 'unit',
        unit: 'minute',
        unitDisplay: 'long',
      }),
  };
}

/** The shop's words: written into the attribute as JSON, or its address. Without them the chat has its own. */
export async function ownWords(texts: string | undefined): Promise<Partial<Words> | undefined> {
  if (!texts) return;
  try {
    return texts[0] === '{' ? JSON.parse(texts) : await (await fetch(texts)).json();
  } catch (error) {
    console.warn('Rejoin: data-texts cannot be read.', error);
  }
}
