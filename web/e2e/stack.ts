import { readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

/** What these tests need to know of a deployed stack. */
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

/** How many workers can have a stack to themselves. */
export const stacks = folders.length;

/** The file in which a worker's stack says its addresses. */
export function endpoints(worker: number): string {
  const folder = folders[worker];
  if (!folder) throw new Error(`worker ${worker} has no stack: there are ${stacks}`);
  return resolve(folder, 'endpoints.json');
}

/** The same of the stack whose chats end by short rules (localstack/quick.json). */
export function quickEndpoints(): string {
  if (!REJOIN_TEST_QUICK) throw new Error('these tests need `python3 -m localstack with --quick`');
  return resolve(REJOIN_TEST_QUICK, 'endpoints.json');
}

export const read = (file: string): Stack => JSON.parse(readFileSync(file, 'utf8'));
