import { sha256 } from '@noble/hashes/sha2.js';
import * as oauth from 'oauth4webapi';
import type { Granted, OidcConfig } from './login';
import { text } from './passkeys';

/** What is known of a login that has begun, until the issuer's answer comes. */
type Begun = { verifier: string; state: string; nonce: string; back: string };
type Tokens = { bearer: string; until: number; refresh?: string; id?: string };

const BEGUN = 'memoir.issuer.begun';
const TOKENS = 'memoir.issuer.tokens';
/** Of a state whose answer is for the page that opened this window. */
const BESIDE = 'beside-';
const CHANNEL = 'memoir.issuer';
const WINDOW = 'popup,width=520,height=720';
/** Seconds that a clock may be wrong. */
const SKEW = 60;

/**
 * Logging in at an OpenID Connect issuer: authorization code with PKCE (RFC 6749, 7636, 9700; OpenID Connect Core 1.0).
 * Tokens live as long as the tab.
 */
export class Issuer {
  readonly #client: oauth.Client;
  readonly #options: { [oauth.allowInsecureRequests]: boolean };
  #found: oauth.AuthorizationServer | undefined;

  constructor(readonly config: OidcConfig) {
    this.#client = { client_id: config.clientId, [oauth.clockTolerance]: SKEW };
    // Whoever runs this Memoir has named the issuer; one without TLS is a trial on one machine.
    this.#options = { [oauth.allowInsecureRequests]: config.issuer.startsWith('http:') };
  }

  async #server(): Promise<oauth.AuthorizationServer> {
    const address = new URL(this.config.issuer);
    this.#found ??= await oauth.processDiscoveryResponse(address, await oauth.discoveryRequest(address, this.#options));
    return this.#found;
  }

  /**
   * Leaves this page for the issuer's; it comes back to where it was.
   *
   * @param silently only if the issuer knows the person already
   */
  async enter(silently: boolean) {
    const begun = begin('');
    const address = await this.#address(begun, silently);
    sessionStorage.setItem(BEGUN, JSON.stringify(begun));
    location.assign(address);
  }

  /** What the issuer has sent this page back with; nothing, if it is not on the way back. */
  async answered(): Promise<Granted | undefined> {
    const answer = takeAnswer();
    const kept = sessionStorage.getItem(BEGUN);
    sessionStorage.removeItem(BEGUN);
    if (!answer) {
      return undefined;
    }
    // What came back is good once and nobody else's business.
    history.replaceState(null, '', location.pathname + location.hash);
    if (!kept) {
      return undefined;
    }
    const begun = JSON.parse(kept) as Begun;
    location.replace(begun.back || '#/');
    return this.#exchange(answer, begun);
  }

  /** In a window beside, so that this page stays as it is. To be called while a click is handled. */
  async enterBeside(): Promise<Granted> {
    const beside = open('', '_blank', WINDOW);
    if (!beside) {
      throw new DOMException('held back', 'NotAllowedError');
    }
    const begun = begin(BESIDE);
    beside.location.href = await this.#address(begun, false);
    const channel = new BroadcastChannel(CHANNEL);
    try {
      const answer = await new Promise<URLSearchParams>((resolve) => {
        channel.onmessage = ({ data }: MessageEvent<string>) => {
          const given = new URLSearchParams(data);
          if (given.get('state') === begun.state) {
            resolve(given);
          }
        };
      });
      return await this.#exchange(answer, begun);
    } finally {
      channel.close();
    }
  }

  async #address(begun: Begun, silently: boolean): Promise<string> {
    const server = await this.#server();
    const address = new URL(server.authorization_endpoint!);
    const asked = {
      client_id: this.config.clientId,
      redirect_uri: home(),
      response_type: 'code',
      scope: ['openid', this.config.scope].filter(Boolean).join(' '),
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: challenge(begun.verifier),
      code_challenge_method: 'S256',
      ...(silently && { prompt: 'none' }),
    };
    Object.entries(asked).forEach(([name, value]) => address.searchParams.set(name, value));
    return address.href;
  }

  async #exchange(answer: URLSearchParams, begun: Begun): Promise<Granted> {
    const server = await this.#server();
    const checked = oauth.validateAuthResponse(server, this.#client, answer, begun.state);
    const { verifier, nonce } = begun;
    const response = await oauth.authorizationCodeGrantRequest(
      server, this.#client, oauth.None(), checked, home(), verifier, this.#options,
    );
    const expected = { expectedNonce: nonce, requireIdToken: true };
    return this.#keep(await oauth.processAuthorizationCodeResponse(server, this.#client, response, expected));
  }

  /** A fresh token, or the one of before a reload; none, if the issuer's session has ended. */
  async renew(): Promise<Granted | undefined> {
    const kept = read();
    if (!kept) {
      return undefined;
    }
    if (kept.until > Date.now() + SKEW * 1000) {
      return granted(kept);
    }
    if (!kept.refresh) {
      this.forget();
      return undefined;
    }
    const server = await this.#server();
    try {
      const response = await oauth.refreshTokenGrantRequest(
        server, this.#client, oauth.None(), kept.refresh, this.#options,
      );
      return this.#keep(await oauth.processRefreshTokenResponse(server, this.#client, response), kept);
    } catch (failure) {
      if (failure instanceof oauth.ResponseBodyError && failure.status < 500) {
        this.forget();
        return undefined;
      }
      throw failure;
    }
  }

  /** The API did not believe this token: keeping it would be of no use. */
  distrust(token: string) {
    const kept = read();
    if (kept?.bearer === token) {
      sessionStorage.setItem(TOKENS, JSON.stringify({ ...kept, until: 0 }));
    }
  }

  forget() {
    sessionStorage.removeItem(TOKENS);
  }

  /** What to hand over when leaving; taken before everything is forgotten. */
  leaving(): () => Promise<void> {
    const kept = read();
    this.forget();
    return async () => {
      const server = await this.#server();
      if (kept?.refresh && server.revocation_endpoint) {
        await oauth.revocationRequest(server, this.#client, oauth.None(), kept.refresh, this.#options).catch(() => undefined);
      }
      if (server.end_session_endpoint) {
        const address = new URL(server.end_session_endpoint);
        address.searchParams.set('client_id', this.config.clientId);
        address.searchParams.set('post_logout_redirect_uri', home());
        if (kept?.id) {
          address.searchParams.set('id_token_hint', kept.id);
        }
        location.assign(address.href);
      }
    };
  }

  #keep(given: oauth.TokenEndpointResponse, before?: Tokens): Granted {
    const id = given.id_token ?? before?.id;
    // An access token that names nobody it is for, as Cognito's, is none that Memoir could believe.
    const bearer = isForSomebody(given.access_token) || !id ? given.access_token : id;
    const refresh = given.refresh_token ?? before?.refresh;
    const tokens: Tokens = {
      bearer,
      until: Date.now() + (given.expires_in ?? 300) * 1000,
      ...(refresh && { refresh }),
      ...(id && { id }),
    };
    sessionStorage.setItem(TOKENS, JSON.stringify(tokens));
    return granted(tokens);
  }
}

/** Whether this window was opened only to log in: then its answer is handed over, and it closes. */
export function handOver(): boolean {
  const given = new URLSearchParams(location.search);
  if (!given.get('state')?.startsWith(BESIDE)) {
    return false;
  }
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(given.toString());
  channel.close();
  history.replaceState(null, '', location.pathname);
  close();
  return true;
}

function begin(kind: string): Begun {
  return {
    verifier: oauth.generateRandomCodeVerifier(),
    state: kind + oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    back: location.hash,
  };
}

/** By hand, since a page that came without HTTPS has no `crypto.subtle`. */
function challenge(verifier: string): string {
  return text(sha256(new TextEncoder().encode(verifier)).slice().buffer);
}

/** The page that the issuer sends people back to, and that must be registered there. */
function home(): string {
  return `${location.origin}/`;
}

function takeAnswer(): URLSearchParams | undefined {
  const given = new URLSearchParams(location.search);
  return given.has('state') && (given.has('code') || given.has('error')) ? given : undefined;
}

function read(): Tokens | undefined {
  const kept = sessionStorage.getItem(TOKENS);
  return kept ? (JSON.parse(kept) as Tokens) : undefined;
}

function granted(tokens: Tokens): Granted {
  return { token: tokens.bearer, expiresAt: new Date(tokens.until).toISOString() };
}

function isForSomebody(token: string): boolean {
  try {
    const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(payload)) as { aud?: unknown }).aud !== undefined;
  } catch {
    return false;
  }
}

/** What to tell a person of a login that the issuer refused. */
export function refusal(failure: unknown): string | undefined {
  if (failure instanceof oauth.AuthorizationResponseError) {
    return failure.error === 'login_required' || failure.error === 'interaction_required'
      ? undefined
      : (failure.error_description ?? failure.error);
  }
  return failure instanceof Error ? failure.message : undefined;
}
