import { readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

/** The fields of a stack's endpoints.json that these tests use. */
export interface Stack {
  demo: string;
  console: string;
  ws: string;
  siteSecret: string;
  agents: { username: string; password: string; admin?: boolean }[];
}

const { REJOIN_TEST_STATES, REJOIN_TEST_STATE, REJOIN_TEST_QUICK } = process.env;

/** State folders of the stacks that run for these tests (`python3 -m localstack with --stacks N`), or that of `make up`. */
const folders = REJOIN_TEST_STATES?.split(delimiter) ?? [
  REJOIN_TEST_STATE ?? resolve(import.meta.dirname, '../../localstack/.state'),
];

/** Number of stacks, and so of workers. */
export const stacks = folders.length;

/** The endpoints.json of a worker's stack. */
export function endpoints(worker: number): string {
  const folder = folders[worker];
  if (!folder) throw new Error(`worker ${worker} has no stack: there are ${stacks}`);
  return resolve(folder, 'endpoints.json');
}

/** The endpoints.json of the stack with rules of seconds (localstack/quick.json). */
export function quickEndpoints(): string {
  if (!REJOIN_TEST_QUICK) throw new Error('these tests need `python3 -m localstack with --quick`');
  return resolve(REJOIN_TEST_QUICK, 'endpoints.json');
}

export const read = (file: string): Stack => JSON.parse(readFileSync(file, 'utf8'));
