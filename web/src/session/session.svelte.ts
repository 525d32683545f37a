import { connection } from '../api/connection.svelte';
import { forgetAll, keepFromNowOn } from '../offline/last-seen';
import { words } from '../words';
import type { Issuer } from './issuer';
import { login, type Granted, type LoginConfig, type OidcConfig } from './login';

const TOKEN = 'memoir.token';
const SIGNED_IN = 'memoir.signed-in';
/** Milliseconds until the network is tried again. */
const OFFLINE_PAUSE = 3_000;
/** Renewed so long before it ends that a clock a little wrong does no harm. */
const EARLY = 60_000;

export type Ticket = { kind: 'first' | 'invitation'; ticket: string };

/**
 * Who is signed in. The access token is kept in memory; one that was pasted also for as long as the tab is open, since
 * nothing could renew it. What needs a token waits here until there is one.
 */
class Session {
  /** `out`: nobody yet. `ended`: somebody was, so that their page stays as it is behind the sign in. */
  state = $state<'starting' | 'out' | 'in' | 'ended'>('starting');
  config = $state.raw<LoginConfig>({ kind: 'token' });
  ticket = $state.raw<Ticket | undefined>();
  /** Why the issuer did not let somebody in. */
  refusal = $state('');
  /** As the token says; what it opens is decided by whoever checks it. */
  subject = $state('');
  administers = $state(false);
  /** Whether this browser was left signed in, so that the session will most likely go on. */
  readonly expected = typeof localStorage !== 'undefined' && localStorage.getItem(SIGNED_IN) !== null;

  #token: string | undefined;
  #until = Infinity;
  #issuer: Issuer | undefined;
  #renewing: Promise<void> | undefined;
  #waiting: (() => void)[] = [];
  #atLeave: (() => void)[] = [];

  async start() {
    const pasted = takeFromAddress();
    this.ticket = ticketInAddress();
    this.config = await login.config();
    const kept = pasted ?? (this.ticket ? undefined : sessionStorage.getItem(TOKEN));
    if (kept) {
      this.paste(kept);
    } else if (this.config.kind === 'house' && !this.ticket) {
      await this.#patiently(() => this.#silently()).catch(() => undefined);
    } else if (this.config.kind === 'oidc') {
      await this.#atIssuer(this.config);
    }
    if (this.state === 'starting') {
      this.state = 'out';
    }
  }

  /** The issuer's answer, or tokens of before a reload, or whom the issuer still knows; else the person is asked. */
  async #atIssuer(config: OidcConfig) {
    const { Issuer, handOver, refusal } = await import('./issuer');
    if (handOver()) {
      return;
    }
    const issuer = (this.#issuer = new Issuer(config));
    try {
      const back = /[?&]state=/.test(location.search);
      const granted = await issuer.answered();
      if (granted) {
        this.grant(granted);
      } else if (!back) {
        await this.#patiently(() => this.#silently());
        if (this.state === 'starting' && this.expected) {
          await this.#patiently(() => issuer.enter(true));
          await new Promise(() => undefined);
        }
      }
    } catch (failure) {
      localStorage.removeItem(SIGNED_IN);
      this.refusal = refusal(failure) ?? '';
    }
  }

  /** At the issuer: who was in before does it in a window beside, so that nothing of this page is lost. */
  async atIssuer() {
    this.refusal = '';
    if (this.state === 'ended') {
      this.grant(await this.#issuer!.enterBeside());
    } else {
      await this.#issuer!.enter(false);
    }
  }

  /** Without the network a person who was signed in goes on seeing what was seen last. */
  async #patiently(attempt: () => Promise<void>) {
    for (let reached = false; !reached; ) {
      try {
        await attempt();
        reached = true;
      } catch (failure) {
        // What fetch throws when nothing answers; everything else is an answer.
        reached = !(failure instanceof TypeError);
        connection.online = reached;
        if (reached || !this.expected) {
          throw failure;
        }
        await new Promise((resolve) => setTimeout(resolve, OFFLINE_PAUSE));
      }
    }
  }

  /** A good token, as soon as there is one. */
  async token(): Promise<string> {
    if (this.#token && Date.now() > this.#until - EARLY && this.#renewable) {
      await this.#silently();
      this.#askIfGone();
    }
    while (!this.#token) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.#token;
  }

  /** The API did not believe this token: it is renewed without a word if that can be, else the person is asked. */
  async refused(token: string) {
    if (token !== this.#token) {
      return;
    }
    this.#token = undefined;
    sessionStorage.removeItem(TOKEN);
    this.#issuer?.distrust(token);
    if (this.#renewable) {
      await this.#silently().catch(() => undefined);
    }
    this.#askIfGone();
  }

  get #renewable(): boolean {
    return this.config.kind === 'house' || this.#issuer !== undefined;
  }

  #askIfGone() {
    if (!this.#token) {
      this.state = this.state === 'in' ? 'ended' : 'out';
    }
  }

  /** @returns whether it can be a token at all */
  paste(text: string): boolean {
    const token = text.trim();
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
      return false;
    }
    sessionStorage.setItem(TOKEN, token);
    this.grant({ token });
    return true;
  }

  async password(name: string, password: string) {
    this.grant(await login.password(name, password));
  }

  async passkey() {
    const { signIn } = await import('./passkeys');
    this.grant(await signIn());
  }

  async redeem(ticket: Ticket, name: string, password: string) {
    this.grant(await login.redeem(ticket, name, password));
    this.ticket = undefined;
    location.replace('#/');
  }

  grant(granted: Granted) {
    this.#token = granted.token;
    const { sub = '', groups = [] } = claims(granted.token);
    this.subject = sub;
    this.administers = groups.includes('admin');
    this.#until = granted.expiresAt ? Date.parse(granted.expiresAt) : Infinity;
    this.state = 'in';
    keepFromNowOn();
    localStorage.setItem(SIGNED_IN, 'yes');
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }

  /** What is done when somebody leaves, before anybody else comes. */
  atLeave(work: () => void) {
    this.#atLeave.push(work);
  }

  async leave() {
    this.#atLeave.forEach((work) => work());
    const goodbye = this.#issuer?.leaving();
    this.#token = undefined;
    sessionStorage.clear();
    localStorage.removeItem(SIGNED_IN);
    await forgetAll();
    if (this.config.kind === 'house') {
      await login.logout();
    }
    this.state = 'out';
    await goodbye?.().catch(() => undefined);
  }

  /** One renewal at a time: the cookie that allows it may be exchanged by each. */
  async #silently() {
    this.#renewing ??= (this.#issuer ?? login)
      .renew()
      .then((granted) => {
        if (granted) {
          this.grant(granted);
        } else {
          this.#token = undefined;
        }
      })
      .finally(() => (this.#renewing = undefined));
    await this.#renewing;
  }
}

/** What a token says of its bearer, as far as it can be read. */
function claims(token: string): { sub?: string; groups?: string[] } {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
    const { sub, groups } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown; groups?: unknown };
    return { ...(typeof sub === 'string' && { sub }), ...(Array.isArray(groups) && { groups: groups.map(String) }) };
  } catch {
    return {};
  }
}

/** `/#/token=…`: taken out of the address at once, so that it is neither kept in the history nor shown. */
function takeFromAddress(): string | undefined {
  const found = /^#\/token=(.+)$/.exec(location.hash)?.[1];
  if (found) {
    history.replaceState(null, '', '#/');
    return decodeURIComponent(found);
  }
  return undefined;
}

function ticketInAddress(): Ticket | undefined {
  const [, page, ticket] = /^#\/(welcome|invitation)\?ticket=([^&]+)/.exec(location.hash) ?? [];
  return page && ticket
    ? { kind: page === 'welcome' ? 'first' : 'invitation', ticket: decodeURIComponent(ticket) }
    : undefined;
}

/** What to tell a person whose signing in failed. */
export function explanation(failure: unknown, withTicket: boolean): string {
  const { status, retryAfter, message } = failure as { status?: number; retryAfter?: number; message?: string };
  if (status === 429) {
    return words.session.locked(retryAfter ?? 60);
  }
  if (status === 401 || status === 403) {
    return withTicket ? words.session.ticket : words.session.wrong;
  }
  return status && message ? message : words.session.failed;
}

export const session = new Session();
