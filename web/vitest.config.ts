import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Test files share a process, which is three times as fast. vitest.setup.ts checks that they leave nothing behind.
  // The timeout is for what hangs: a slow machine must not fail a test.
  test: { include: ['**/*.test.ts'], isolate: false, setupFiles: 'vitest.setup.ts', testTimeout: 120_000 },
});
