import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from './build.mjs';

/** What a page loads before its visitor opens the chat, and in all with script, style and both languages; bytes, gzip. */
const LOADER = 2 * 1024;
const WHOLE = 24 * 1024;

const dist = join(dirname(fileURLToPath(import.meta.url)), '.size-test');

beforeAll(() => build(dist));
afterAll(() => rmSync(dist, { recursive: true, force: true }));

test('the widget stays small', () => {
  const size = (file: string) => gzipSync(readFileSync(join(dist, 'widget', file)), { level: 9 }).length;
  const files = readdirSync(join(dist, 'widget'));
  expect(files).toHaveLength(2);
  expect(size('rejoin.js')).toBeLessThanOrEqual(LOADER);
  expect(files.reduce((sum, file) => sum + size(file), 0)).toBeLessThanOrEqual(WHOLE);
});

test('no page names a deployment, and none has an inline script or style', () => {
  for (const page of ['console', 'demo']) {
    const html = readFileSync(join(dist, page, 'index.html'), 'utf8');
    expect(html).not.toMatch(/main\.tsx?"|"style\.css"|amazonaws|cloudfront/);
    expect(html).not.toMatch(/<style|style="|<script(?![^>]*src=)|\son[a-z]+="/);
  }
});
