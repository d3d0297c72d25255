/** Thrown by a token function when there is no identity to connect with: the session stops as `refused`. */
export class Refused extends Error {}

const DATABASE = 'rejoin';
const KEYS = 'keys';
const VISITOR = 'visitor';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/**
 * A token of this browser's own: ES256 (RFC 7518), its public key in the header. The private key cannot be read by any
 * script, ours included; it lives in IndexedDB. There is no `exp`: the server bounds `iat`, and the user's clock may be wrong.
 * Rejects with Refused where the page is not secure or the browser lacks WebCrypto or IndexedDB.
 */
export async function visitorToken(name?: string): Promise<string> {
  try {
    const { publicKey, privateKey } = await visitorKey();
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
    const claims = { aud: 'rejoin', iat: Math.floor(Date.now() / 1000), ...(name ? { name } : {}) };
    const signed = `${encode({ alg: 'ES256', typ: 'JWT', jwk: { kty, crv, x, y } })}.${encode(claims)}`;
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, utf8(signed));
    return `${signed}.${base64url(new Uint8Array(signature))}`;
  } catch (cause) {
    throw new Refused('no visitor key', { cause });
  }
}

/** Who a token speaks for; only to keep people's things apart in this browser. '' when it cannot be read. */
export function person(token: string): string {
  try {
    const [header, claims] = token.split('.').slice(0, 2).map(decode);
    return header?.jwk?.x ?? claims?.sub ?? '';
  } catch {
    return '';
  }
}

async function visitorKey(): Promise<CryptoKeyPair> {
  const kept = await keys<CryptoKeyPair | undefined>('readonly', (store) => store.get(VISITOR));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  // Another tab may have been first: add() refuses then, and the first key stays.
  await keys('readwrite', (store) => store.add(made, VISITOR)).catch(() => {});
  return keys<CryptoKeyPair>('readonly', (store) => store.get(VISITOR));
}

async function keys<T>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T> | IDBRequest,
): Promise<T> {
  const opening = indexedDB.open(DATABASE);
  opening.onupgradeneeded = () => opening.result.createObjectStore(KEYS);
  const database = await answer<IDBDatabase>(opening);
  try {
    return await answer<T>(use(database.transaction(KEYS, mode).objectStore(KEYS)));
  } finally {
    database.close();
  }
}

function answer<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

function encode(part: object): string {
  return base64url(utf8(JSON.stringify(part)));
}

function decode(part: string): { jwk?: { x?: string }; sub?: string } {
  return JSON.parse(atob(part.replace(/-/g, '+').replace(/_/g, '/')));
}
