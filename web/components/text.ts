import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { language, translator, type Words } from './i18n';
import { uiWords } from './words';

export type Lang = keyof typeof uiWords;

export interface Text {
  lang: Lang;
  t: ReturnType<typeof translator>;
}

/** The first of the wanted languages that there are words for. */
export const langOf = (...wanted: readonly string[]) => language(Object.keys(uiWords), wanted) as Lang;

/** A page's own words on top of those of the thread and the composer. */
export const textIn = (lang: Lang, words: Record<Lang, Words>): Text => ({
  lang,
  t: translator(lang, { ...uiWords[lang], ...words[lang] }),
});

export const TextContext = createContext<Text>(textIn('en', uiWords));

export const useText = () => useContext(TextContext);
