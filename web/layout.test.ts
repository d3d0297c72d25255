import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** The folders that each folder imports, without tests. Biome's noImportCycles checks the files. */
const IMPORTS: Record<string, string> = {
  'client/wire': '',
  'client/line': 'client/wire',
  'client/room': 'client/line client/wire',
  'client/session': 'client/line client/room client/wire',
  'client/agent': 'client/line client/room client/session client/wire',
  'client/customer': 'client/line client/room client/session client/wire',
  'client/tabs': 'client/customer client/line client/room client/session client/wire',
  components: 'client/line client/room client/wire',
  console: 'client/agent client/line client/room client/wire components',
  widget: 'client/customer client/line client/room client/session client/tabs client/wire components',
  demo: 'components widget',
};

const folderOf = (path: string): string => {
  const [folder = '', layer = ''] = path.split('/');
  return folder === 'client' ? `${folder}/${layer}` : folder;
};

test.each(Object.entries(IMPORTS))('%s imports %s', (folder, allowed) => {
  const root = join(import.meta.dirname, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'),
  );
  const imported = files.flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /(?:from |import )'(\.[^']+)'|import\('(\.[^']+)'\)/g,
      ),
    ].map(([, path, lazy]) => folderOf(join(folder, dirname(file), `${path ?? lazy}`))),
  );
  const others = new Set(imported.filter((other) => other !== folder));
  expect([...others].sort().join(' ')).toBe(allowed);
});
