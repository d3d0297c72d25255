import { Refused } from '../line/line';
import { json } from '../wire/json';

const KEYS = 'keys';
const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * A token of this browser's own: ES256 (RFC 7518), its public key in the header. The private key cannot be read by any
 * script, ours included; it lives in IndexedDB. There is no `exp`: the server bounds `iat`, and the user's clock may be wrong.
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
  const kept = () => keys<CryptoKeyPair>((store) => store.get('visitor'));
  const found = await kept();
  if (found?.privateKey) return found;
  const made = await subtle.generateKey(ES256, false, ['sign', 'verify']);
  // Another tab may have been first: add() refuses then, and the first key stays.
  // A stored value that is not a key is deleted.
  await keys((store) => store[found ? 'put' : 'add'](made, 'visitor')).catch(() => {});
  return kept();
}

function keys<T>(use: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, onerror) => {
    const opening = indexedDB.open('rejoin');
    opening.onupgradeneeded = () => opening.result.createObjectStore(KEYS);
    opening.onerror = onerror;
    opening.onsuccess = () => {
      const { result } = opening;
      try {
        const request = use(result.transaction(KEYS, 'readwrite').objectStore(KEYS));
        Object.assign(request, { onerror, onsuccess: () => resolve(request.result) });
      } catch (fault) {
        onerror(fault); // a database of this name that is not ours
      }
      result.close(); // once that is done
    };
  });
}

/** Of a string whose characters are bytes. */
function base64url(bytes: string): string {
  return btoa(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
