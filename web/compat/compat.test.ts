import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sheet, sources } from '../build.mjs';
import { browserslist } from '../package.json';
import { FALLBACKS } from './fallbacks';
import { Scripts } from './script';
import { unsupportedInStyle } from './style';

const web = join(fileURLToPath(import.meta.url), '../..');

/** Code, and the feature in it that a supported browser lacks. */
const SCRIPTS: Record<string, string> = {
  'Promise.withResolvers()': 'javascript.builtins.Promise.withResolvers',
  'Array.fromAsync([])': 'javascript.builtins.Array.fromAsync',
  'new Set([1]).union(new Set([2]))': 'javascript.builtins.Set.union',
  '[1].values().map(String)': 'javascript.builtins.Iterator.map',
  "new Intl.DurationFormat('en')": 'javascript.builtins.Intl.DurationFormat',
  '/[a--b]/v': 'javascript.builtins.RegExp.unicodeSets',
  '/(?i:a)/': 'javascript.regular_expressions.modifier',
  "URL.canParse('/')": 'api.URL.canParse_static',
  'AbortSignal.any([])': 'api.AbortSignal.any_static',
  "document.body.popover = 'manual'": 'api.HTMLElement.popover',
  "document.body['popover']": 'api.HTMLElement.popover',
  "h('div', { popover: 'manual' })": 'api.HTMLElement.popover',
  'const { userActivation } = navigator': 'api.Navigator.userActivation',
  'document.startViewTransition(() => {})': 'api.Document.startViewTransition',
  'document.body.checkVisibility()': 'api.Element.checkVisibility',
  'document.body.moveBefore(document.body, null)': 'api.Document.moveBefore',
  'requestIdleCallback(() => {})': 'api.Window.requestIdleCallback',
  "document.addEventListener('scrollend', () => {})": 'api.Document.scrollend_event',
  'document.onscrollend = null': 'api.Document.scrollend_event',
  'new Highlight()': 'api.Highlight',
};

const STYLES: Record<string, string> = {
  'textarea{field-sizing:content}': 'css.properties.field-sizing',
  'a:has(b){color:red}': 'css.selectors.has',
  ':popover-open{color:red}': 'css.selectors.popover-open',
  'a::details-content{color:red}': 'css.selectors.details-content',
  'a{color:light-dark(rgb(0 0 0),red)}': 'css.types.color.light-dark',
  'a{text-wrap:pretty}': 'css.properties.text-wrap.pretty',
  'a{width:calc-size(auto,size)}': 'css.types.calc-size',
  'a{height:1rcap}': 'css.types.length.rcap',
  '@starting-style{a{color:red}}': 'css.at-rules.starting-style',
  '@scope(a){b{color:red}}': 'css.at-rules.scope',
  '@media(scripting:none){a{color:red}}': 'css.at-rules.media.scripting',
};

/** Newer features that all supported browsers have. */
const OLD = {
  script:
    "structuredClone([1].toSorted().at(-1)); new CSSStyleSheet().replaceSync(''); document.body.append('')",
  style:
    'a{b:is(c){inset:0}}a{height:100dvh;color:color-mix(in srgb,red 5%,blue)}@media(width>3px){a{gap:1cqi}}',
};

const planted = Object.keys(SCRIPTS);
const named = (i: number) => `widget/panel/planted${i}.ts`;
const before = "import { h } from './dom';\nexport { h };\n";
let files: string[];
let scripts: Scripts;

beforeAll(async () => {
  files = (await sources()).filter((file) => !file.startsWith('node_modules'));
  const texts = [...planted, OLD.script].map((text, i) => [named(i), `${before}${text};\n`]);
  const code = files.filter((file) => file.endsWith('.ts'));
  scripts = new Scripts(web, [...code, ...texts.map(([name = '']) => name)], Object.fromEntries(texts));
});
afterAll(() => scripts.close());

test.each(browserslist)('docs/widget.md lists %s', async (target) => {
  const [name, version] = target.split(' ');
  const text = await readFile(join(web, '../docs/widget.md'), 'utf8');
  expect(text).toMatch(new RegExp(`^[^.]*\\b${name}\\b[^.,]* from ${version}\\b`, 'im'));
});

test.each(planted)('a script with %s is reported', (text) => {
  const found = scripts.unsupported(named(planted.indexOf(text)));
  expect(found.map(({ feature }) => feature)).toContain(SCRIPTS[text]);
});

test.each(Object.keys(STYLES))('a style sheet with %s is reported', async (text) => {
  const found = unsupportedInStyle(await sheet(text), 'planted.css');
  expect(found.map(({ feature }) => feature)).toContain(STYLES[text]);
});

test('features that all supported browsers have, or get from the build, are not reported', async () => {
  expect(scripts.unsupported(named(planted.length))).toEqual([]);
  expect(unsupportedInStyle(await sheet(OLD.style), 'planted.css')).toEqual([]);
});

test('the widget uses no other feature that a supported browser lacks', async () => {
  const styles = files.filter((file) => file.endsWith('.css'));
  const found = [
    ...files.filter((file) => file.endsWith('.ts')).flatMap((file) => scripts.unsupported(file)),
    ...(
      await Promise.all(
        styles.map(async (file) =>
          unsupportedInStyle(await sheet(await readFile(join(web, file), 'utf8')), file),
        ),
      )
    ).flat(),
  ];
  expect(styles).toContain('widget/panel/panel.css');
  expect(found.filter(({ feature }) => !FALLBACKS[feature])).toEqual([]);
  expect(Object.keys(FALLBACKS).filter((name) => !found.some(({ feature }) => feature === name))).toEqual([]);
});
