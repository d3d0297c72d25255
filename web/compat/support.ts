import { createRequire } from 'node:module';
import type {
  CompatData,
  CompatStatement,
  Identifier,
  SimpleSupportStatement,
} from '@mdn/browser-compat-data';
import { browserslist } from '../package.json';

// 20 MB of JSON, so it is not bundled.
export const bcd: CompatData = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** The supported browsers, and their versions for phones. */
const PHONE = { chrome: 'chrome_android', firefox: 'firefox_android', safari: 'safari_ios' } as Record<
  string,
  string
>;
const TARGETS = browserslist.flatMap((target) => {
  const [name, version] = target.split(' ') as [string, string];
  return [name, PHONE[name] ?? []].flat().map((browser) => ({ browser, version }));
});

const parts = (version: string) => version.replace('≤', '').split('.').map(Number);

/** Whether a version includes a feature that was added in another. */
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

/** The supported browsers that lack this feature. */
export function without({ support }: CompatStatement): string[] {
  return TARGETS.filter(({ browser, version }) => {
    const statements = [support[browser as keyof typeof support] ?? []].flat();
    return !statements.some((statement) => holds(version, statement));
  }).map(({ browser, version }) => `${browser} ${version}`);
}

/** The entry at a path of the data, if there is one. */
export function at(...path: string[]): CompatStatement | undefined {
  let node: Identifier | undefined = bcd as never;
  for (const key of path) node = node && Object.hasOwn(node, key) ? (node[key] as Identifier) : undefined;
  return node?.__compat;
}

/** A feature that some supported browsers lack. */
export interface Unsupported {
  feature: string;
  where: string;
  browsers: string[];
}

/** The feature is supported if one of its possible paths is; else the first one is reported. */
export function unsupportedOf(paths: string[][], where: string): Unsupported[] {
  const found = paths.flatMap((path) => {
    const compat = at(...path);
    return compat ? [{ feature: path.join('.'), where, browsers: without(compat) }] : [];
  });
  return found.every(({ browsers }) => browsers.length) ? found.slice(0, 1) : [];
}
