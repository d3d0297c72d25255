/** Whose token it is, unverified: only to keep people's data apart in this browser. '' when it cannot be read. */
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

/** Begins a visitor's storage names; a known customer's never begin so. */
export const VISITOR_PREFIX = '~';

/** The name under which a person's state is stored. A visitor's token begins with {"alg":"ES256", in base64url. */
export const storageNameOf = (token: string): string =>
  (/^eyJhbGciOiJFUzI1/.test(token) ? VISITOR_PREFIX : '') + subjectOf(token);
