import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { TranslationContext, translation, useTranslation } from '../../components/translation';
import { useStyleSheet } from '../components/useStyleSheet';
import { words as consoleWords } from '../words';
import { en } from './en';
import sheet from './hours.css';
import { ko } from './ko';

/** Gives what is loaded for the opening hours its words and its style sheet. */
export function Part({ children }: { children: ComponentChildren }) {
  const { lang } = useTranslation();
  const text = useMemo(
    () => translation(lang, { en: { ...consoleWords.en, ...en }, ko: { ...consoleWords.ko, ...ko } }),
    [lang],
  );
  useStyleSheet(sheet);
  return <TranslationContext.Provider value={text}>{children}</TranslationContext.Provider>;
}
