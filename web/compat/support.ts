import { createRequire } from 'node:module';
import type {
  CompatData,
  CompatStatement,
  Identifier,
  SimpleSupportStatement,
} from '@mdn/browser-compat-data';
import { browserslist } from '../package.json';

// 20 MB, which no bundler should read.
export const bcd: CompatData = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** Each named browser, and the same on a phone. */
const PHONE = { chrome: 'chrome_android', firefox: 'firefox_android', safari: 'safari_ios' } as Record<
  string,
  string
>;
const TARGETS = browserslist.flatMap((target) => {
  const [name, version] = target.split(' ') as [string, string];
  return [name, PHONE[name] ?? []].flat().map((browser) => ({ browser, version }));
});

const parts = (version: string) => version.replace('≤', '').split('.').map(Number);

/** Whether a browser of this version has what came with that one. */
function since(version: string, added: string): boolean {
  const [[major = 0, minor = 0], [from = 0, fromMinor = 0]] = [parts(version), parts(added)];
  return major > from || (major === from && minor >= fromMinor);
}

function holds(version: string, statement: SimpleSupportStatement): boolean {
  const {
    version_added: added,
    version_removed: removed,
    flags,
    prefix,
    alternative_name: other,
  } = statement;
  if (typeof added !== 'string' || added === 'preview' || flags || prefix || other) return false;
  return since(version, added) && !(typeof removed === 'string' && since(version, removed));
}

/** The named browsers without this feature. */
export function without({ support }: CompatStatement): string[] {
  return TARGETS.filter(({ browser, version }) => {
    const statements = [support[browser as keyof typeof support] ?? []].flat();
    return !statements.some((statement) => holds(version, statement));
  }).map(({ browser, version }) => `${browser} ${version}`);
}

/** What the data say at a path, if they say anything. */
export function at(...path: string[]): CompatStatement | undefined {
  let node: Identifier | undefined = bcd as never;
  for (const key of path) node = node && Object.hasOwn(node, key) ? (node[key] as Identifier) : undefined;
  return node?.__compat;
}

/** A feature that some of the named browsers lack. */
export interface Lack {
  feature: string;
  where: string;
  browsers: string[];
}

/** What the data say under one of these paths is enough, where they don't say which one is meant. */
export function lackedByAll(paths: string[][], where: string): Lack[] {
  const found = paths.flatMap((path) => {
    const compat = at(...path);
    return compat ? [{ feature: path.join('.'), where, browsers: without(compat) }] : [];
  });
  return found.every(({ browsers }) => browsers.length) ? found.slice(0, 1) : [];
}
