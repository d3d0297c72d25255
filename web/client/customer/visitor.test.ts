import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../line/line';
import { subjectOf } from '../session/subject';
import { visitorToken } from './visitor';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const bytes = (part: string) =>
  Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const json = (part: string) => JSON.parse(new TextDecoder().decode(bytes(part)));

test('a visitor token is signed with ES256 and verifies with the public key of its header', async () => {
  const [header = '', claims = '', signature = ''] = (await visitorToken()).split('.');
  const { alg, jwk, ...rest } = json(header);
  expect({ alg, rest }).toEqual({ alg: 'ES256', rest: { typ: 'JWT' } });
  expect(Object.keys(jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  expect(json(claims)).toEqual({ aud: 'rejoin', iat: expect.any(Number) });
  expect(Math.abs(json(claims).iat - Date.now() / 1000)).toBeLessThan(60);
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'verify',
  ]);
  const signed = new TextEncoder().encode(`${header}.${claims}`);
  const verified = await crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    bytes(signature),
    signed,
  );
  expect(verified).toBe(true);
});

test('every token is of the same visitor, also when tabs ask at once', async () => {
  const people = (await Promise.all([visitorToken(), visitorToken(), visitorToken()])).map(subjectOf);
  expect(new Set([...people, subjectOf(await visitorToken())]).size).toBe(1);
  expect(people[0]).toMatch(/^[\w-]{43}$/);
});

test('no script can read the private key', async () => {
  await visitorToken();
  const opening = indexedDB.open('rejoin');
  const database = await new Promise<IDBDatabase>((resolve) => {
    opening.onsuccess = () => resolve(opening.result);
  });
  const reading = database.transaction('keys').objectStore('keys').get('visitor');
  const pair = await new Promise<CryptoKeyPair>((resolve) => {
    reading.onsuccess = () => resolve(reading.result);
  });
  database.close();
  expect(pair.privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('jwk', pair.privateKey)).rejects.toThrow();
});

test('without WebCrypto, as on a page without TLS, it is refused', async () => {
  vi.stubGlobal('crypto', {});
  await expect(visitorToken()).rejects.toBeInstanceOf(Refused);
});

test('the subject of a token', () => {
  expect(subjectOf(`${btoa('{"alg":"HS256"}')}.${btoa('{"sub":"alice"}')}.x`)).toBe('alice');
  expect(subjectOf('rubbish')).toBe('');
});
