import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What these tests need to know of a stack. */
export interface Stack {
  demo: string;
  console: string;
  ws: string;
  siteSecret: string;
  /** The template's parameters where they are not the defaults. */
  params?: Record<string, string>;
  agents: { username: string; password: string; admin?: boolean }[];
}

/** Where the running stack says its addresses: its state folder is REJOIN_TEST_STATE, or where `make up` keeps it. */
export function endpoints(): string {
  const state = process.env.REJOIN_TEST_STATE ?? resolve(import.meta.dirname, '../../localstack/.state');
  return resolve(state, 'endpoints.json');
}

export const running = (): Stack => JSON.parse(readFileSync(endpoints(), 'utf8'));
