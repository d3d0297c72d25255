import { afterAll, afterEach, expect, vi } from 'vitest';

// Node itself adds symbols when fetch is first used.
const globals = Object.getOwnPropertyNames(globalThis);

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

afterAll(() => {
  expect(Object.getOwnPropertyNames(globalThis).filter((key) => !globals.includes(key))).toEqual([]);
});
