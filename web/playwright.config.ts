import { defineConfig, type Project } from '@playwright/test';
import chromium from '@sparticuz/chromium';
import { asked, missing, onPath } from './browsers.mjs';
import type { Choices } from './e2e/fixtures';
import { stacks } from './e2e/stack';

// The package's flags suit a Lambda; these would hide what a real browser does: one process for all pages, no same-origin policy.
const unwanted = [
  '--single-process',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--no-zygote',
];

// Without WebGL, for which it would start a renderer in software that costs a quarter of a test's processor time.
chromium.setGraphicsMode = false;

const launched = {
  executablePath: await chromium.executablePath(),
  args: chromium.args.filter((arg) => !unwanted.includes(arg)),
};

/** What is looked at in every engine: pages that embed the widget, a talk, lines that break, and the console. */
const SMOKE = /\/(reconnect|connection-cuts|embed|talk|console)\.spec\.ts$/;
/** These wait for most of their time: they begin first, beside tests that work. */
const LONG = /\/(connection-cuts|fire|sweep)\.spec\.ts$/;
const LOCALE = /\/locale\.spec\.ts$/;
const WEBKIT = /\/webkit\/.*\.spec\.ts$/;

const env = process.env as Record<string, string>;

const others: Record<'firefox' | 'webkit', Project> = {
  firefox: {
    testMatch: SMOKE,
    use: {
      browserName: 'firefox',
      channel: 'moz-firefox',
      launchOptions: {
        executablePath: onPath('firefox-esr'),
        // As root it does not start in somebody else's home, which is what sudo leaves.
        env: process.getuid?.() === 0 ? { ...env, HOME: '/root' } : env,
      },
    },
  },
  // No test tool drives a distribution's WebKit: its tests bring a driver of their own, and this is the other side's browser.
  webkit: { testMatch: WEBKIT, use: { launchOptions: launched } },
};

// A browser that is asked for and not there is no reason to pass over its tests.
const absent = missing(asked());
if (absent.length)
  throw new Error(
    `BROWSERS names what is not on this machine: apt-get install --no-install-recommends ${absent.join(' ')}`,
  );

export default defineConfig<Choices>({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Each with a stack to itself, so that no test sees the customers or the agents of another.
  workers: stacks,
  fullyParallel: true,
  retries: 0,
  reporter: 'list',
  // Nothing is decided by time: whoever waits so long waits for what does not come.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: { viewport: { width: 1280, height: 800 } },
  projects: [
    { name: 'long', testMatch: LONG, use: { launchOptions: launched } },
    { name: 'chromium', testIgnore: [LONG, LOCALE, WEBKIT], use: { launchOptions: launched } },
    // Where nobody has said which language it speaks, a browser on Linux names `en-US@posix`, which is no language tag.
    {
      name: 'no-locale',
      testMatch: [LOCALE, /\/(talk|console)\.spec\.ts$/],
      use: {
        noLocale: true,
        launchOptions: { ...launched, env: { ...env, LANG: 'C', LC_ALL: 'C', LANGUAGE: '' } },
      },
    },
    ...asked().map((name) => ({ name, ...others[name] })),
  ],
});
