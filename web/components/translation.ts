import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { language, translator, type Words } from './i18n';
import { threadWords } from './words';

export type Lang = keyof typeof threadWords;

export interface Translation {
  lang: Lang;
  t: ReturnType<typeof translator>;
}

/** The first wanted language that has words, else the first that has. */
export const languageOf = (...wanted: readonly string[]) =>
  language(Object.keys(threadWords), wanted) as Lang;

/** A page's own words together with those of the thread and the composer. */
export const translation = (lang: Lang, words: Record<Lang, Words>): Translation => ({
  lang,
  t: translator(lang, { ...threadWords[lang], ...words[lang] }),
});

export const TranslationContext = createContext<Translation>(translation('en', threadWords));

export const useTranslation = () => useContext(TranslationContext);
