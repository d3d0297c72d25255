import { expect, test } from 'vitest';
import cases from '../../../internal/auth/testdata/origins.json';

const taken = Object.entries(cases).filter(([, origin]) => origin !== null);

test.each(taken)('%s is compared as a browser sends it', (given, origin) => {
  expect(new URL(given).origin).toBe(origin);
});
