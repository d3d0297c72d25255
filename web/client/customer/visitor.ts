import { Refused } from '../line/line';
import { json } from '../wire/json';

const STORE_NAME = 'keys';
const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * A token that this browser signs for a visitor: ES256 (RFC 7518), the public key in the header. No script can read the
 * private key; it is in IndexedDB. There is no `exp`: the user's clock may be wrong, and the server bounds `iat`.
 * Rejects with Refused where the page is not secure or the browser lacks WebCrypto or IndexedDB.
 */
export async function visitorToken(): Promise<string> {
  try {
    const { subtle } = crypto;
    const { publicKey, privateKey } = await visitorKey(subtle);
    const { kty, crv, x, y } = await subtle.exportKey('jwk', publicKey);
    const header = { alg: 'ES256', typ: 'JWT', jwk: { kty, crv, x, y } };
    const claims = { aud: 'rejoin', iat: Math.floor(Date.now() / 1000) };
    const signed = [header, claims].map((part) => base64url(json(part))).join('.');
    const signature = await subtle.sign(ES256, privateKey, new TextEncoder().encode(signed));
    return `${signed}.${base64url(String.fromCharCode(...new Uint8Array(signature)))}`;
  } catch (cause) {
    throw new Refused(undefined, { cause });
  }
}

async function visitorKey(subtle: SubtleCrypto): Promise<CryptoKeyPair> {
  const stored = () => withKeyStore<CryptoKeyPair>((store) => store.get('visitor'));
  const found = await stored();
  if (found?.privateKey) return found;
  const made = await subtle.generateKey(ES256, false, ['sign', 'verify']);
  // add() fails when another tab was first, and that tab's key stays. put() replaces a stored value that is no key.
  await withKeyStore((store) => store[found ? 'put' : 'add'](made, 'visitor')).catch(() => {});
  return stored();
}

function withKeyStore<T>(use: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, onerror) => {
    const opening = indexedDB.open('rejoin');
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE_NAME);
    opening.onerror = onerror;
    opening.onsuccess = () => {
      const { result } = opening;
      try {
        const request = use(result.transaction(STORE_NAME, 'readwrite').objectStore(STORE_NAME));
        Object.assign(request, { onerror, onsuccess: () => resolve(request.result) });
      } catch (fault) {
        onerror(fault); // the page has another database of this name
      }
      result.close(); // takes effect after the transaction
    };
  });
}

/** bytes: a string of characters up to U+00FF. */
function base64url(bytes: string): string {
  return btoa(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
