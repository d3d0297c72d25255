/** Log-in by the deployment's hosted page: authorization code with PKCE (RFC 7636), tokens kept in this tab only. */
import * as oauth from 'oauth4webapi';
import { Refused } from '../../client/line/line';
import type { Config } from '../../components/config';

/** What must be the same when the hosted page sends the agent back. */
interface Pending {
  state: string;
  nonce: string;
  verifier: string;
}

interface Tokens {
  id: string;
  refresh?: string | undefined;
  /** When the ID token expires, by this computer's clock, ms since the epoch. */
  until: number;
  /** When it was received, ms since the epoch. */
  at: number;
}

const PENDING_KEY = 'rejoin.login';
const TOKENS_KEY = 'rejoin.tokens';
const SCOPE = 'openid email profile';
/** A token that expires sooner is not used: it must last until the authorizer has checked it. */
const MIN_LIFE_MS = 60_000;
/** A newer token is used without a renewal. An older one is renewed, so that an agent who was removed is logged out. */
const FRESH_MS = 20_000;
/** How wrong this computer's clock may be, s. The token comes from its issuer directly, and the server checks it. */
const CLOCK_TOLERANCE_S = 86_400;
/** Longest wait for the server at a log-out. */
const REVOKE_TIMEOUT_MS = 2_000;

export class Login {
  private server: oauth.AuthorizationServer;
  private client: oauth.Client;
  private options: { [oauth.allowInsecureRequests]: boolean };
  private renewing: Promise<string> | undefined;
  /** Whether this page load followed a log-in at the hosted page, and was no reload. */
  justLoggedIn = false;

  constructor(private config: Config) {
    const { issuer, login, clientId } = config;
    this.server = {
      issuer,
      authorization_endpoint: `${login}/oauth2/authorize`,
      token_endpoint: `${login}/oauth2/token`,
      revocation_endpoint: `${login}/oauth2/revoke`,
    };
    this.client = { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_S };
    // The emulator has no TLS.
    this.options = { [oauth.allowInsecureRequests]: new URL(login).hostname === 'localhost' };
  }

  /** Opens the hosted page. */
  async redirect(): Promise<void> {
    const pending: Pending = {
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
      verifier: oauth.generateRandomCodeVerifier(),
    };
    write(PENDING_KEY, pending);
    location.assign(
      this.address('authorize', {
        response_type: 'code',
        redirect_uri: page(),
        scope: SCOPE,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      }),
    );
  }

  /** Completes the log-in if this address has the hosted page's answer. True: an agent is logged in. */
  async completeRedirect(): Promise<boolean> {
    const here = new URL(location.href);
    const pending = read<Pending>(PENDING_KEY);
    sessionStorage.removeItem(PENDING_KEY);
    if (here.searchParams.has('code') || here.searchParams.has('error')) {
      history.replaceState(null, '', page());
      if (pending) await this.exchange(here, pending);
    }
    return read(TOKENS_KEY) !== undefined;
  }

  /** When the newest ID token expires, by this computer's clock, ms since the epoch; 0 without one. */
  get expiresAt(): number {
    return read<Tokens>(TOKENS_KEY)?.until ?? 0;
  }

  /** A valid ID token, for a new connection; rejects with Refused when the agent has to log in again. */
  async idToken(): Promise<string> {
    const stored = read<Tokens>(TOKENS_KEY);
    if (!stored) throw new Refused('logged out');
    if (stored.at + FRESH_MS > Date.now()) return stored.id;
    this.renewing ??= this.renew(stored).finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  /** Forgets the tokens in this tab. */
  forget(): void {
    sessionStorage.removeItem(TOKENS_KEY);
  }

  /** Forgets the tokens here and at the server, then the hosted page's own session. */
  async logOut(): Promise<void> {
    const refresh = read<Tokens>(TOKENS_KEY)?.refresh;
    this.forget();
    // The agent is logged out here even if the server fails.
    if (refresh) await this.revoke(refresh).catch(() => undefined);
    const { login, clientId } = this.config;
    location.assign(`${login}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: page() })}`);
  }

  private async exchange(here: URL, { state, nonce, verifier }: Pending): Promise<void> {
    const { server, client } = this;
    const given = oauth.validateAuthResponse(server, client, here, state);
    const none = oauth.None();
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      none,
      given,
      page(),
      verifier,
      this.options,
    );
    const checks = { expectedNonce: nonce, requireIdToken: true };
    this.store(await oauth.processAuthorizationCodeResponse(server, client, answer, checks));
    this.justLoggedIn = true;
  }

  private async renew(kept: Tokens): Promise<string> {
    const { server, client } = this;
    const { refresh } = kept;
    if (!refresh) return kept.until > Date.now() + MIN_LIFE_MS ? kept.id : this.refuse();
    const answer = await oauth
      .refreshTokenGrantRequest(server, client, oauth.None(), refresh, this.options)
      .catch(() => undefined);
    // If the server fails or cannot be reached, the old token is used while it is valid; a refusal is final.
    if (!answer || answer.status >= 500) {
      if (kept.until > Date.now() + MIN_LIFE_MS) return kept.id;
      throw new Error(`log-in: ${answer?.status ?? 'no answer'}`);
    }
    try {
      return this.store(await oauth.processRefreshTokenResponse(server, client, answer), refresh);
    } catch {
      return this.refuse();
    }
  }

  private revoke(refresh: string): Promise<Response> {
    const options = { ...this.options, signal: AbortSignal.timeout(REVOKE_TIMEOUT_MS) };
    return oauth.revocationRequest(this.server, this.client, oauth.None(), refresh, options);
  }

  private refuse(): never {
    this.forget();
    throw new Refused('logged out');
  }

  private store(answer: oauth.TokenEndpointResponse, refresh?: string): string {
    const claims = oauth.getValidatedIdTokenClaims(answer);
    if (!answer.id_token || !claims) return this.refuse();
    const at = Date.now();
    const tokens: Tokens = {
      id: answer.id_token,
      refresh: answer.refresh_token ?? refresh,
      until: at + (claims.exp - claims.iat) * 1000,
      at: at,
    };
    write(TOKENS_KEY, tokens);
    return tokens.id;
  }

  private address(what: string, query: Record<string, string>): string {
    return `${this.config.login}/oauth2/${what}?${new URLSearchParams({ client_id: this.config.clientId, ...query })}`;
  }
}

/** This page's address as registered for the log-in: without query and hash. */
const page = () => new URL('index.html', location.href).href;

function read<T>(key: string): T | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return typeof kept === 'object' && kept ? (kept as T) : undefined;
  } catch {
    return undefined; // not logged in
  }
}

function write(key: string, value: unknown): void {
  sessionStorage.setItem(key, JSON.stringify(value));
}
