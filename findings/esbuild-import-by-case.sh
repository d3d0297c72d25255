#!/bin/sh
# esbuild 0.28.2 (npm): './queue' finds Queue.tsx, even on a case-sensitive file system.
#
# A component in Queue.tsx and its logic in queue.ts beside it are two files on Linux, and `import './queue'` names the second one
# for TypeScript 5.9.3. esbuild compares the names in a folder without regard to case. It tries the extensions in turn, .tsx
# before .ts, takes Queue.tsx for queue.tsx, warns (different-path-case), and then cannot read queue.tsx, which does not exist,
# although queue.ts does. So the type check and unit tests pass and the bundle fails, with an error about a file that is never
# imported. The fix is to have no two files in a folder whose names without extension differ only by case.
#
# Seen: "Cannot read file: …/queue.tsx"; tsc reports nothing; once queue.ts is renamed to parts.ts, the bundle is built.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent esbuild@0.28.2 typescript@5.9.3

echo "export const Queue = () => 'drawn';" >Queue.tsx
[ ! -e queue.tsx ] || { echo "this file system is not case-sensitive: nothing to see"; exit 1; }
echo "export const parts = () => 'parted';" >queue.ts
echo "import { parts } from './queue'; export const all = parts();" >main.ts

npx tsc --noEmit --module esnext --moduleResolution bundler --jsx preserve main.ts
echo "tsc: nothing wrong"
if npx esbuild main.ts --bundle --format=esm --outfile=out.js --log-level=error >log 2>&1; then
  echo "esbuild takes queue.ts now: the behaviour has changed"
  exit 1
fi
grep 'Cannot read file: .*queue\.tsx' log

mv queue.ts parts.ts
sed -i "s#'./queue'#'./parts'#" main.ts
npx esbuild main.ts --bundle --format=esm --outfile=out.js --log-level=error
echo "esbuild: made, under another name"
