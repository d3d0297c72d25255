import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';

// The package's flags suit a Lambda; these would hide what a real browser does: one process for all pages, no same-origin policy.
const unwanted = [
  '--single-process',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--no-zygote',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  // Time is real here, and a machine may be busy with something else: the second try decides, and the report names who needed it.
  retries: 1,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: await chromium.executablePath(),
      args: chromium.args.filter((arg) => !unwanted.includes(arg)),
    },
  },
});
