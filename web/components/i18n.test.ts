import { expect, test } from 'vitest';
import { language, translator } from './i18n';

test('the first language that there are words for', () => {
  expect(language(['en', 'ko'], ['fr', 'ko-KR', 'en'])).toBe('ko');
  expect(language(['en', 'ko'], ['fr'])).toBe('en');
});

test('values, plurals, and keys without words', () => {
  const t = translator('en', { hi: 'Hi {name}', new_one: '{n} new text', new_other: '{n} new texts' });
  expect(t('hi', { name: '<b>' })).toBe('Hi <b>');
  expect(t('hi')).toBe('Hi {name}');
  expect(t('new', { n: 1 })).toBe('1 new text');
  expect(t('new', { n: 3 })).toBe('3 new texts');
  expect(t('missing')).toBe('missing');
  expect(translator('ko', { new_other: '새 글 {n}개' })('new', { n: 1 })).toBe('새 글 1개');
});
