import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from './build.mjs';

/** What the console loads first, with its style sheet and both languages; bytes, gzip. */
const FIRST = 60 * 1024;
/** What the dashboard loads in addition, with its style sheet and words. */
const DASHBOARD = 30 * 1024;

const dist = mkdtempSync(join(tmpdir(), 'rejoin-console-'));

beforeAll(() => build(dist, ['console', 'demo']), 120_000);
afterAll(() => rmSync(dist, { recursive: true, force: true }));

const folder = join(dist, 'console');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const gzip = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);

/** A script and its static imports, recursively. */
function withImports(script: string, found = new Set<string>()): Set<string> {
  if (found.has(script)) return found;
  found.add(script);
  for (const [, file] of read(script).matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
    withImports(file as string, found);
  return found;
}

const linked = () => readdirSync(folder).filter((file) => read('index.html').includes(file));
const scripts = () => linked().filter((file) => file.endsWith('.js'));

test('the console stays small', () => {
  const files = new Set(['index.html', ...linked(), ...scripts().flatMap((it) => [...withImports(it)])]);
  expect(files.size).toBeGreaterThanOrEqual(3);
  expect(gzip(files)).toBeLessThanOrEqual(FIRST);
});

test('the dashboard is loaded on first use, and stays small', () => {
  const first = new Set(scripts().flatMap((it) => [...withImports(it)]));
  const view = readdirSync(folder).find((file) => file.startsWith('StatsView')) ?? '';
  expect(first).not.toContain(view);
  expect([...first].some((file) => read(file).includes(`import("./${view}")`))).toBe(true);
  const files = [...withImports(view)].filter((file) => !first.has(file));
  expect(gzip(files)).toBeLessThanOrEqual(DASHBOARD);
});

test('the page has a strict Content-Security-Policy', () => {
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(read('index.html'))?.[1] ?? '';
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).toMatch(/style-src 'self'(;|$)/);
  expect(policy).not.toMatch(/unsafe/);
});

test("no page contains a deployment's address, an inline script or an inline style", () => {
  for (const page of ['console', 'demo']) {
    const html = readFileSync(join(dist, page, 'index.html'), 'utf8');
    expect(html).not.toMatch(/main\.tsx?"|"style\.css"|amazonaws|cloudfront/);
    expect(html).not.toMatch(/<style|style="|<script(?![^>]*src=)|\son[a-z]+="/);
  }
});
