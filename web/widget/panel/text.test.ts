import { beforeEach, expect, test, vi } from 'vitest';
import { KOREAN } from '../embed';
import en from '../words/en';
import talk from '../words/en.conversation';
import ko from '../words/ko';
import { translation } from './text';

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] });
});

const own = { ask: 'Como podemos ajudar?' };

test.each([
  ['ko-KR', undefined, 'ko', '잠시만 기다려 주세요…'],
  ['fr', undefined, 'en', 'One moment…'],
  ['pt-BR', own, 'pt-BR', 'One moment…'],
  ['pt_BR', own, 'pt-BR', 'One moment…'],
  ['ko_KR', own, 'ko-KR', '잠시만 기다려 주세요…'],
  ['english', own, 'english', 'One moment…'],
  ['x', own, 'en', 'One moment…'],
  ['en-', undefined, 'en', 'One moment…'],
  ['en, ko', own, 'en', 'One moment…'],
  ['kok', own, 'kok', 'One moment…'],
  ['en_US@posix', undefined, 'en', 'One moment…'],
  ['C', undefined, 'en', 'One moment…'],
  ['zh_Hant_TW', own, 'zh-Hant-TW', 'One moment…'],
])('a page in %j', (page, words, lang, connecting) => {
  const isKorean = KOREAN.test(page);
  const text = translation({ lang: page, korean: isKorean }, isKorean ? ko : en, words);
  expect(text.lang).toBe(lang);
  expect(text.t('connecting')).toBe(connecting);
  expect(text.format(0, { year: 'numeric' })).toContain('19');
});

test.each([
  [1, 'next', undefined, 'You are number 1'],
  [1, 'next', 'First!', 'First!'],
  [2, 'position', 'First!', 'You are number 2'],
] as const)('place %i in words of a shop that has its own: %s', (n, key, next, says) => {
  const position = 'You are number {n}';
  const text = translation(
    { lang: 'en', korean: false },
    { ...en, ...talk },
    next ? { position, next } : { position },
  );
  expect(text.t(key, { n })).toBe(says);
  const english = translation({ lang: 'en', korean: false }, { ...en, ...talk });
  expect(english.t('next')).toBe("You're next");
});
