// Builds dist/{widget,console,demo}. They are the same for every deployment: pages read ../config.json at run time.
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import uglify from 'uglify-js';

const web = fileURLToPath(new URL('.', import.meta.url));
const { browserslist, version } = JSON.parse(await readFile(join(web, 'package.json'), 'utf8'));

const base = {
  absWorkingDir: web,
  bundle: true,
  minify: true,
  metafile: true,
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  logLevel: 'warning',
};

/** The oldest supported browsers, as esbuild names them. */
export const OLDEST = browserslist.map((name) => name.replace(' ', ''));

/** The widget's own custom properties, which the build shortens; those for shops begin with --rejoin. */
const VARIABLES = 'on-accent accent shade ground ink soft edge rule tint height top below dark on'.split(' ');

/** Minifies a style sheet. */
export async function sheet(css) {
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target: OLDEST });
  // esbuild does not minify the values of custom properties.
  return code.trim().replace(/(?<=,|--[\w-]+:) /g, '');
}

/**
 * Lets scripts import style sheets as text, for constructed sheets: a strict CSP allows no others in a shadow root. The path of a
 * module that a plugin loads is part of the hash in a file's name, so it must not contain the checkout's folder.
 */
const cssText = (sheet) => ({
  name: 'css-text',
  setup(build) {
    build.onResolve({ filter: /\.css$/ }, ({ kind, path, resolveDir }) =>
      kind === 'import-statement'
        ? { path: relative(web, join(resolveDir, path)), namespace: 'css-text' }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'css-text' }, async ({ path }) => {
      const file = join(web, path);
      return { contents: await sheet(await readFile(file, 'utf8')), loader: 'text', watchFiles: [file] };
    });
  },
});

/** Name of the file that esbuild has built from an entry point. */
function outputOf(result, entry) {
  const [path] = Object.entries(result.metafile.outputs).find(([, out]) => out.entryPoint === entry);
  return basename(path);
}

/**
 * Properties that are used only within one build's files, and so can be shortened. Names on the wire, in storage, between tabs,
 * in `window.rejoin` and of the words keep their form, as do all browser properties that the widget uses. Each listed name has
 * the same short name in all files, the most used ones the shortest; no other property has a single letter of LETTERS as its name.
 */
const INNER =
  'node update field due session embed repeat out step load joined dueAt joinAt draft box focusTarget root view logError ' +
  'closeConfirmation store unsent stored peerRead korean onScreen socket save besideButton addStyle received head ' +
  'command format retryIn quietUntil watch tick chatControls show validate sendCommand unknownRoom tries ' +
  'known dropped subscribe nudge prune emit expectAnswer withoutKnown heartbeat rated isPeerTyping playSound ' +
  'wantsMessages answered joinFrame typingIn readRefused addWords readMark knows nextId notCurrent poll ' +
  'addPage acked changesAt mayTellTyping merge mine addHistory joinAnswered confirmedOn seenUpTo setRoom nextText base ' +
  'askServer turnedAway joinRefused pause readMarkDue markSent storage pending reconnect slowAt effects ' +
  'profileFields pageTitle subtitle dispose';
const LETTERS = 'erasiolcdfhmupgvbwAEIOTSCDLPRzjBFGHJKMNQUVWXYZ';
const SHORT = new Map(
  INNER.split(' ').map((name, i) => [
    name,
    LETTERS[i] ?? `${LETTERS[i % LETTERS.length]}${Math.floor(i / LETTERS.length)}`,
  ]),
);

/** The widget's files by name: the script in widget/ that each is built from, and the files that it loads later. */
const FILES = {
  en: ['words/en'],
  ko: ['words/ko'],
  rating: ['rating/rating'],
  hours: ['hours/hours'],
  preview: ['conversation/preview'],
  contrast: ['panel/contrast'],
  conversation: ['conversation/conversation', 'preview'],
  panel: ['panel/panel', 'en', 'ko', 'rating', 'hours', 'conversation', 'contrast'],
};
const LOADER = 'widget/loader/rejoin.ts';

/** The part of a file's hash that is in its name: letters and digits only. load.ts has the same expression. */
const HASH_IN_NAME = /\w{8}/;

/** The widget's source files. */
export async function sources() {
  const entryPoints = [LOADER, ...Object.values(FILES).map(([entry]) => `widget/${entry}.ts`)];
  const loader = { '.css': 'text' };
  const { metafile } = await esbuild.build({
    ...base,
    target: OLDEST,
    entryPoints,
    loader,
    write: false,
    outdir: '.',
  });
  return Object.keys(metafile.inputs);
}

/** Bundles by esbuild, and minifies by UglifyJS, whose code is a tenth smaller: every page of a shop loads it. */
async function small(options) {
  const { outputFiles } = await esbuild.build({
    ...base,
    target: OLDEST,
    write: false,
    format: 'esm',
    charset: 'utf8',
    plugins: [cssText(sheet)],
    ...options,
  });
  const { code, error } = uglify.minify(outputFiles[0].text, {
    module: true,
    // The options that are off make the code smaller but its gzip larger.
    compress: {
      passes: 5,
      unsafe: true,
      pure_getters: true,
      comparisons: false,
      inline: 1,
      sequences: false,
      unsafe_comps: true,
      varify: options.format === 'iife',
    },
    mangle: {
      properties: {
        builtins: true,
        domprops: true,
        regex: new RegExp(`^(${[...SHORT.keys()].join('|')})$`),
        cache: { props: Object.fromEntries([...SHORT].map(([name, short]) => [`$${name}`, short])) },
      },
    },
    output: { ascii_only: options.charset === 'ascii' },
  });
  if (error) throw error;
  const own = new RegExp(`--(${VARIABLES.join('|')})\\b`, 'g');
  return code.replace(own, (_, name) => `--${VARIABLES.indexOf(name)}`);
}

/**
 * Builds files named by their hashes. Each file contains the hashes of the files that it loads: the loader that of the panel, the
 * panel those of the rest. The loader has a second, versioned name, for shops that pin it by its integrity hash; the manifest
 * has both.
 */
async function widget(dist) {
  const files = {};
  // SHA-256, the shortest that browsers accept as an integrity.
  const hashes = {};
  const hashesOf = (names) => JSON.stringify(Object.fromEntries(names.map((name) => [name, hashes[name]])));
  for (const [name, [entry, ...loads]] of Object.entries(FILES)) {
    const define = { CHUNKS: hashesOf(loads) };
    let code = await small({ entryPoints: [`widget/${entry}.ts`], define });
    const sha256 = () => createHash('sha256').update(code).digest('base64');
    while (!HASH_IN_NAME.test(sha256())) code += '\n'; // about once in a hundred thousand builds
    const hash = sha256();
    files[`${name}-${HASH_IN_NAME.exec(hash)[0]}.js`] = code;
    hashes[name] = hash;
  }
  const loader = await small({
    entryPoints: [LOADER],
    format: 'iife',
    // The same in every encoding that a page may have.
    charset: 'ascii',
    define: { CHUNKS: hashesOf(['panel']) },
  });
  const build = createHash('sha256').update(loader).digest('hex').slice(0, 8);
  const pinned = `rejoin-${version}-${build}.js`;
  const manifest = {
    version: `${version}-${build}`,
    src: pinned,
    integrity: `sha384-${createHash('sha384').update(loader).digest('base64')}`,
  };
  await mkdir(join(dist, 'widget'), { recursive: true });
  Object.assign(files, {
    'rejoin.js': loader,
    [pinned]: loader,
    'manifest.json': JSON.stringify(manifest, null, 2),
  });
  for (const [name, code] of Object.entries(files)) await writeFile(join(dist, 'widget', name), code);
}

/** Builds the pages of a folder. They name the sources of their script and style sheet, which are replaced by the hashed files. */
async function page(dist, folder, script) {
  const result = await esbuild.build({
    ...base,
    entryPoints: [`${folder}/${script}`, `${folder}/style.css`],
    outdir: join(dist, folder),
    entryNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    plugins: [cssText(sheet)],
  });
  for (const name of await readdir(join(web, folder))) {
    if (!name.endsWith('.html')) continue;
    let html = await readFile(join(web, folder, name), 'utf8');
    for (const entry of [script, 'style.css'])
      html = html.replace(entry, outputOf(result, `${folder}/${entry}`));
    await writeFile(join(dist, folder, name), html);
  }
}

async function demo(dist) {
  await page(dist, 'demo', 'main.ts');
  for (const name of ['art', 'fr.json'])
    await cp(join(web, 'demo', name), join(dist, 'demo', name), { recursive: true });
}

const parts = { widget, console: (dist) => page(dist, 'console', 'main.tsx'), demo };

/** Builds parts, or all of them, into the folder `dist`. */
export async function build(dist, names = Object.keys(parts)) {
  await Promise.all(names.map((name) => rm(join(dist, name), { recursive: true, force: true })));
  await mkdir(dist, { recursive: true });
  await Promise.all(names.map((name) => parts[name](dist)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  await build(join(web, 'dist'), names.length ? names : undefined);
}
