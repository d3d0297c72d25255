#!/bin/sh
# esbuild 0.28.2 (npm): [hash] in entryNames depends on the checkout's folder, although no byte of the output does.
#
# A plugin that loads files in a namespace of its own will often use their absolute paths. Nothing of that path is in the
# minified output, and absWorkingDir is set, so one expects the same file under the same name from every clone. The bytes are
# the same, but the name differs in each folder: the hash is made of the modules' paths as well, and only those of the
# namespace "file" are taken relative to absWorkingDir. A page that names its script by its hash then differs in every clone, and
# deployments from changing folders, as on many CI runners, invalidate every browser's cache. The fix is to name the module
# by a path relative to the project, and to join that to the folder in onLoad.
#
# Seen: one.js has different names (one-XXXXXXXX.js) in two folders, and the same bytes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent esbuild@0.28.2
cat >build.mjs <<'JS'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

async function made(root, name) {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'one.js'), "import words from './words.txt';\nconsole.log(words);\n");
  writeFileSync(join(root, 'words.txt'), 'hello');
  const plugin = {
    name: 'words',
    setup(build) {
      build.onResolve({ filter: /\.txt$/ }, ({ path, resolveDir }) => ({ path: name(root, join(resolveDir, path)), namespace: 'words' }));
      build.onLoad({ filter: /./, namespace: 'words' }, () => ({ contents: readFileSync(join(root, 'words.txt')), loader: 'text' }));
    },
  };
  const options = { absWorkingDir: root, entryPoints: ['one.js'], entryNames: '[name]-[hash]', outdir: 'out', bundle: true, minify: true };
  await build({ ...options, format: 'esm', plugins: [plugin], logLevel: 'error' });
  const [file] = readdirSync(join(root, 'out'));
  return { file, bytes: readFileSync(join(root, 'out', file), 'utf8') };
}

const here = process.cwd();
for (const [how, name, same] of [['absolute', (_, path) => path, false], ['relative', relative, true]]) {
  const [one, two] = [await made(join(here, how, 'a'), name), await made(join(here, how, 'b'), name)];
  console.log(`${how} paths: ${one.file} and ${two.file}, ${one.bytes === two.bytes ? 'the same bytes' : 'other bytes'}`);
  if (one.bytes !== two.bytes || (one.file === two.file) !== same) process.exit(1);
}
JS
node build.mjs
