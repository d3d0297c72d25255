import { expect, test, vi } from 'vitest';
import { korean } from './embed';
import en from './en';
import ko from './ko';
import { textOf } from './text';

vi.stubGlobal('navigator', { languages: ['en-GB'] });

const own = { ask: 'Como podemos ajudar?' };

test.each([
  ['ko-KR', undefined, 'ko', '잠시만요…'],
  ['fr', undefined, 'en', 'One moment…'],
  ['pt-BR', own, 'pt-BR', 'One moment…'],
  ['pt_BR', own, 'pt-BR', 'One moment…'],
  ['ko_KR', own, 'ko-KR', '잠시만요…'],
  ['english', own, 'english', 'One moment…'],
  ['x', own, 'en', 'One moment…'],
  ['en-', undefined, 'en', 'One moment…'],
  ['en, ko', own, 'en', 'One moment…'],
  ['kok', own, 'kok', 'One moment…'],
])('a page in %j', (page, words, lang, connecting) => {
  const isKorean = korean(page);
  const text = textOf({ lang: page, korean: isKorean }, isKorean ? ko : en, words);
  expect(text.lang).toBe(lang);
  expect(text.t('connecting')).toBe(connecting);
  expect(text.format(0, { year: 'numeric' })).toContain('19');
});
