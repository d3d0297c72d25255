import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from './build.mjs';

/** What a page loads before its visitor opens the chat, and in all with script, style and both languages; bytes, gzip. */
const LOADER = 2 * 1024;
const WHOLE = 15 * 1024;

const dist = join(dirname(fileURLToPath(import.meta.url)), '.size-test');
const read = (file: string) => readFileSync(join(dist, 'widget', file));
/** Its name is its hash. */
const panel = () => readdirSync(join(dist, 'widget')).find((file) => file.startsWith('panel-')) ?? '';
const hash = (file: string) => `sha384-${createHash('sha384').update(read(file)).digest('base64')}`;

beforeAll(() => build(dist), 120_000);
afterAll(() => rmSync(dist, { recursive: true, force: true }));

test('the widget stays small', () => {
  const files = [read('rejoin.js'), read(panel())];
  const gzip = files.map((code) => gzipSync(code, { level: 9 }).length);
  const whole = gzip.reduce((sum, size) => sum + size);
  const brotli = files.reduce((sum, code) => sum + brotliCompressSync(code).length, 0);
  process.stdout.write(
    `widget: ${gzip[0]} bytes before it is opened, ${whole} in all (gzip); ${brotli} in all (brotli)\n`,
  );
  expect(gzip[0]).toBeLessThanOrEqual(LOADER);
  expect(whole).toBeLessThanOrEqual(WHOLE);
});

test('what a tab asks of another by its name is called so in the panel', () => {
  const code = `${read(panel())}`;
  const names: string[] = JSON.parse(/\["send",.+?\]/.exec(code)?.[0] ?? '');
  expect(names.filter((name) => !new RegExp(`\\b${name}[(:]`).test(code))).toEqual([]);
});

test('the pinned loader is the same, and the manifest tells its address and integrity', () => {
  const { version, src, integrity } = JSON.parse(`${read('manifest.json')}`);
  expect(src).toBe(`rejoin-${version}.js`);
  expect(read(src)).toEqual(read('rejoin.js'));
  expect(integrity).toBe(hash(src));
  expect(`${read('rejoin.js')}`).toContain(hash(panel()));
});

test('the loader is readable in whatever encoding the page has', () => {
  expect(`${read('rejoin.js')}`).toMatch(/^\p{ASCII}*$/u);
});

test('no page names a deployment, and none has an inline script or style', () => {
  for (const page of ['console', 'demo']) {
    const html = readFileSync(join(dist, page, 'index.html'), 'utf8');
    expect(html).not.toMatch(/main\.tsx?"|"style\.css"|amazonaws|cloudfront/);
    expect(html).not.toMatch(/<style|style="|<script(?![^>]*src=)|\son[a-z]+="/);
  }
});
