import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from './build.mjs';

/** What the console loads before it shows anything, with its style and both languages; bytes, gzip. */
const FIRST = 60 * 1024;

const dist = mkdtempSync(join(tmpdir(), 'rejoin-console-'));

beforeAll(() => build(dist));
afterAll(() => rmSync(dist, { recursive: true, force: true }));

test('the console stays small', () => {
  const folder = join(dist, 'console');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const linked = readdirSync(folder).filter((file) => page.includes(file) || file === 'index.html');
  // What the entry imports at once is loaded with it; what it imports later is not.
  const script = linked.find((file) => file.endsWith('.js')) ?? '';
  const code = readFileSync(join(folder, script), 'utf8');
  const atOnce = [...code.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map(([, file]) => file as string);
  const files = new Set([...linked, ...atOnce]);
  const size = [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length,
    0,
  );
  expect(files.size).toBeGreaterThanOrEqual(3);
  expect(size).toBeLessThanOrEqual(FIRST);
});

test('the page forbids what it does not need', () => {
  const page = readFileSync(join(dist, 'console', 'index.html'), 'utf8');
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).toMatch(/style-src 'self'(;|$)/);
  expect(policy).not.toMatch(/unsafe/);
});
