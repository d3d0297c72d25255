/** Who a token speaks for; only to keep people's things apart in this browser. '' when it cannot be read. */
export function subjectOf(token: string): string {
  try {
    const [header, claims] = token
      .split('.', 2)
      .map((part) => JSON.parse(atob(part.replace(/-/g, '+').replace(/_/g, '/'))));
    return header.jwk?.x ?? claims.sub ?? '';
  } catch {
    return '';
  }
}

/** The prefix of a visitor's storage keys; no known customer's begin so. */
export const VISITOR_PREFIX = '~';

/** The same for what outlives the page. A visitor's token begins with {"alg":"ES256", in base64url. */
export const storageNameOf = (token: string): string =>
  (/^eyJhbGciOiJFUzI1/.test(token) ? VISITOR_PREFIX : '') + subjectOf(token);
