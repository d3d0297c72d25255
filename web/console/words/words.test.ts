import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { threadWords } from '../../components/words';
import { en as hoursEn } from '../hours/en';
import { ko as hoursKo } from '../hours/ko';
import { en as manyEn } from '../many/en';
import { ko as manyKo } from '../many/ko';
import { en as statsEn } from '../stats/en';
import { ko as statsKo } from '../stats/ko';
import { words } from '.';

/** The words of the chunks. */
const en = { ...statsEn, ...manyEn, ...hoursEn };
const ko = { ...statsKo, ...manyKo, ...hoursKo };

const folder = join(import.meta.dirname, '..');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !/(^|\/)(en|ko)\.ts$/.test(file))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

test('every word that is used exists', () => {
  const known = new Set(
    Object.keys({ ...threadWords.en, ...words.en, ...en }).map((key) => key.replace(/_(one|other)$/, '')),
  );
  const used = [...sources.matchAll(/\bt\('(\w+)'/g)].map(([, key]) => key as string);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((key) => !known.has(key))).toEqual([]);
});

test('every word is used', () => {
  const made =
    /^(error|short|channel|notification|key|view|scope|canned|queueMore|queueSaid|range|unit|about|ended|count|time|score)_/;
  const unused = Object.keys({ ...words.en, ...en }).filter((key) => {
    const name = key.replace(/_(one|other)$/, '');
    return (
      !made.test(key) &&
      !new RegExp(`['"]${name}['"]`).test(sources) &&
      !/^(agent_ended|customer_ended|idle|customer_left|abandoned|expired)$/.test(key)
    );
  });
  expect(unused).toEqual([]);
});

test('both languages have the same keys', () => {
  expect(Object.keys(words.ko)).toEqual(Object.keys(words.en));
  expect(Object.keys(ko)).toEqual(Object.keys(en));
});

test('a chunk does not redefine words of the console', () => {
  const parts = [statsEn, manyEn, hoursEn].map((it) => Object.keys(it).length);
  expect(Object.keys(en)).toHaveLength(parts.reduce((sum, n) => sum + n));
  expect(Object.keys(en).filter((key) => key in words.en || key in threadWords.en)).toEqual([]);
});
