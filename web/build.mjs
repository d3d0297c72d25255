// Builds dist/{widget,console,demo}. Nothing of a deployment is baked in: pages read ../config.json at run time.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const web = fileURLToPath(new URL('.', import.meta.url));

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

/** A shadow root under a strict CSP takes only constructed sheets, so the widget imports its CSS as text. */
const cssText = {
  name: 'css-text',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text', watchFiles: [path] };
    });
  },
};

/** Name of the file that esbuild made from an entry point. */
function made(result, entry) {
  const [path] = Object.entries(result.metafile.outputs).find(([, out]) => out.entryPoint === entry);
  return basename(path);
}

async function widget(dist) {
  const panel = await esbuild.build({
    ...base,
    entryPoints: ['widget/panel.tsx'],
    outdir: join(dist, 'widget'),
    entryNames: '[name]-[hash]',
    format: 'esm',
    plugins: [cssText],
  });
  // The loader keeps its name for ever, since shops embed it; it alone knows the panel's hashed one.
  await esbuild.build({
    ...base,
    entryPoints: ['widget/rejoin.ts'],
    outdir: join(dist, 'widget'),
    format: 'iife',
    define: { PANEL: JSON.stringify(made(panel, 'widget/panel.tsx')) },
    plugins: [cssText],
  });
}

/** One page: its script and style sheet are hashed, and named in its index.html by what they were made from. */
async function page(dist, folder, script) {
  const result = await esbuild.build({
    ...base,
    entryPoints: [`${folder}/${script}`, `${folder}/style.css`],
    outdir: join(dist, folder),
    entryNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
  });
  let html = await readFile(join(web, folder, 'index.html'), 'utf8');
  for (const entry of [script, 'style.css']) html = html.replace(entry, made(result, `${folder}/${entry}`));
  await writeFile(join(dist, folder, 'index.html'), html);
}

/** Builds everything into the folder `dist`. */
export async function build(dist) {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await Promise.all([widget(dist), page(dist, 'console', 'main.tsx'), page(dist, 'demo', 'main.ts')]);
  await cp(join(web, 'demo/art'), join(dist, 'demo/art'), { recursive: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build(join(web, 'dist'));
