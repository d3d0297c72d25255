import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from './build.mjs';
import en from './widget/words/en';

// Limits in bytes, gzip.
/** What every page loads. */
const LOADER = 2 * 1024;
/** The loader and the opened form, in either language. */
const FORM = 15 * 1024;
const CONVERSATION = 5 * 1024;

const dist = join(dirname(fileURLToPath(import.meta.url)), '.size-test');
const read = (file: string) => readFileSync(join(dist, 'widget', file));
/** The file's name with the eight characters of its hash. */
const named = (name: string) =>
  readdirSync(join(dist, 'widget')).find((file) => new RegExp(`^${name}-\\w{8}\\.js$`).test(file)) ?? '';
const hash = (file: string, kind = 'sha256') => createHash(kind).update(read(file)).digest('base64');
const sum = (files: string[], size: (code: Buffer) => number) =>
  files.reduce((all, file) => all + size(read(file)), 0);
const gzip = (...files: string[]) => sum(files, (code) => gzipSync(code, { level: 9 }).length);
const brotli = (...files: string[]) => sum(files, (code) => brotliCompressSync(code).length);

beforeAll(() => build(dist, ['widget']), 120_000);
afterAll(() => rmSync(dist, { recursive: true, force: true }));

test('the widget stays small', () => {
  const forms = ['en', 'ko'].map((lang) => ['rejoin.js', named('panel'), named(lang)]);
  const [en, ko] = forms.map((files) => gzip(...files)) as [number, number];
  process.stdout.write(
    `widget: loader ${gzip('rejoin.js')} bytes, with the form open ${en}, in Korean ${ko} (gzip); ` +
      `${Math.max(...forms.map((files) => brotli(...files)))} (brotli)\n` +
      `loaded later: conversation ${gzip(named('conversation'))} bytes, hours ${gzip(named('hours'))}, rating ${gzip(named('rating'))}, ` +
      `preview of an answer ${gzip(named('preview'))}, a shop's colour ${gzip(named('contrast'))}\n`,
  );
  expect(gzip('rejoin.js')).toBeLessThanOrEqual(LOADER);
  expect(Math.max(en, ko)).toBeLessThanOrEqual(FORM);
  expect(gzip(named('conversation'))).toBeLessThanOrEqual(CONVERSATION);
});

test('words keep their keys, which shops use in data-texts', () => {
  const code = `${read(named('ko'))}`;
  expect(Object.keys(en).filter((key) => !new RegExp(`[{,]${key}:`).test(code))).toEqual([]);
});

test('what is kept in the browser keeps its names, by which the next build finds it', () => {
  const code = `${read(named('panel'))}`;
  const names = ['room', 'threads', 'homeless', 'rating', 'id', 'own', 'no', 'messages', 'void', 'keys'];
  expect(names.filter((name) => !new RegExp(`[{,]${name}[:,}]`).test(code))).toEqual([]);
});

test('each file contains the hashes of the files that it loads', () => {
  expect(`${read('rejoin.js')}`).toContain(hash(named('panel')));
  for (const name of ['en', 'ko', 'conversation', 'rating', 'hours', 'contrast'])
    expect(`${read(named('panel'))}`).toContain(hash(named(name)));
  expect(`${read(named('conversation'))}`).toContain(hash(named('preview')));
});

test('the session methods that tabs call by name keep their names', () => {
  const code = `${read(named('panel'))}`;
  const names: string[] = JSON.parse(/\["send",.+?\]/.exec(code)?.[0] ?? '');
  expect(names.filter((name) => !new RegExp(`\\b${name}[(:]`).test(code))).toEqual([]);
});

test('the pinned loader is the same, and the manifest has its address and integrity hash', () => {
  const { version, src, integrity } = JSON.parse(`${read('manifest.json')}`);
  expect(src).toBe(`rejoin-${version}.js`);
  expect(read(src)).toEqual(read('rejoin.js'));
  expect(integrity).toBe(`sha384-${hash(src, 'sha384')}`);
});

test('the loader is ASCII, as a page may have any encoding', () => {
  expect(`${read('rejoin.js')}`).toMatch(/^\p{ASCII}*$/u);
});
