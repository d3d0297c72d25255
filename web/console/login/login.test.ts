import { beforeEach, expect, test, vi } from 'vitest';
import { memoryStore } from '../../client/line/storage';
import type { Config } from '../../components/config';
import { Login } from './login';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 26, 12);
const LASTS_MS = 7 * MINUTE;
const config: Config = {
  ws: 'wss://chat.test/dev',
  issuer: 'https://pool.test',
  login: 'https://login.test',
  clientId: 'c',
};

const base64 = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, '');

/** An ID token as the endpoint issues it, by its own clock. */
function token(): string {
  const iat = NOW / 1000;
  const claims = { iss: config.issuer, aud: 'c', sub: 's', iat, exp: iat + LASTS_MS / 1000 };
  return `${base64({ alg: 'RS256', kid: 'k' })}.${base64(claims)}.c2ln`;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { get, set } = memoryStore();
  vi.stubGlobal('sessionStorage', { getItem: get, setItem: set });
  vi.stubGlobal('fetch', async () =>
    Response.json({ access_token: 'a', token_type: 'Bearer', expires_in: 420, id_token: token() }),
  );
});

test.each([
  ['right', 0],
  ['ten minutes ahead', 10 * MINUTE],
  ['ten hours ahead', 10 * HOUR],
  ['ten minutes behind', -10 * MINUTE],
  ['ten hours behind', -10 * HOUR],
])('with a clock that is %s a token is accepted, and its lifetime is known', async (_, off) => {
  vi.setSystemTime(NOW + off);
  sessionStorage.setItem('rejoin.tokens', JSON.stringify({ id: 'old', refresh: 'r', until: 0, at: 0 }));
  const login = new Login(config);
  expect(await login.idToken()).toBe(token());
  expect(login.expiresAt - Date.now()).toBe(LASTS_MS);
});
