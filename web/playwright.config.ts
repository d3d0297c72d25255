import { defineConfig, type Project } from '@playwright/test';
import chromium from '@sparticuz/chromium';
import { missing, onPath, requested } from './browsers.mjs';
import type { Choices } from './e2e/fixtures';
import { stacks } from './e2e/stack';

// The package's flags are for Lambda. These would make it unlike a real browser: one process for all pages, no same-origin policy.
const unwanted = [
  '--single-process',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--no-zygote',
];

// No WebGL: its software renderer would take a quarter of a test's processor time.
chromium.setGraphicsMode = false;

const launched = {
  executablePath: await chromium.executablePath(),
  args: chromium.args.filter((arg) => !unwanted.includes(arg)),
};

/** Tests for every engine: embedding, a chat, reconnects, and the console. */
const SMOKE = /\/(reconnect|connection-cuts|embed|talk|console)\.spec\.ts$/;
/** These mostly wait, so they begin first; fewer than the workers, so that one works meanwhile. */
const LONG = /\/(connection-cuts|sweep)\.spec\.ts$/;
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
        // As root it does not start with another user's HOME, which sudo keeps.
        env: process.getuid?.() === 0 ? { ...env, HOME: '/root' } : env,
      },
    },
  },
  // Playwright cannot drive Debian's WebKit: these tests have their own driver. This browser is for the chat's other side.
  webkit: { testMatch: WEBKIT, use: { launchOptions: launched } },
};

// Tests of a requested browser must not be skipped silently.
const absent = missing(requested());
if (absent.length)
  throw new Error(
    `BROWSERS names browsers that are not on this machine: apt-get install --no-install-recommends ${absent.join(' ')}`,
  );

export default defineConfig<Choices>({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One for each stack, so that no test sees another's customers or agents.
  workers: stacks,
  fullyParallel: true,
  retries: 0,
  reporter: 'list',
  // Far longer than any test needs: only an event that never comes reaches it.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: { viewport: { width: 1280, height: 800 } },
  projects: [
    { name: 'long', testMatch: LONG, use: { launchOptions: launched } },
    { name: 'chromium', testIgnore: [LONG, LOCALE, WEBKIT], use: { launchOptions: launched } },
    // Without a locale, a browser on Linux reports `en-US@posix`, which is no valid language tag.
    {
      name: 'no-locale',
      testMatch: [LOCALE, /\/(talk|console)\.spec\.ts$/],
      use: {
        noLocale: true,
        launchOptions: { ...launched, env: { ...env, LANG: 'C', LC_ALL: 'C', LANGUAGE: '' } },
      },
    },
    ...requested().map((name) => ({ name, ...others[name] })),
  ],
});
