/** How people sign in here: the edge answers it without waking anything. */
export type LoginConfig = { kind: 'house' } | { kind: 'token' } | OidcConfig;

export type OidcConfig = { kind: 'oidc'; issuer: string; clientId: string; scope?: string };

const CONFIG = 'memoir.login';

export type Granted = { token: string; expiresAt?: string };

export class LoginRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfter: number | undefined,
  ) {
    super(message);
  }
}

export async function post(path: string, body?: object): Promise<Response> {
  return fetch(`/login/${path}`, {
    method: 'POST',
    // The house wants it without a body, too: no page from elsewhere can send it.
    headers: { 'Content-Type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
}

/** @throws LoginRefused */
export async function answered<T>(answer: Response): Promise<T> {
  if (!answer.ok) {
    const told = (await answer.json().catch(() => ({}))) as { error?: { message?: string } };
    const retryAfter = Number(answer.headers.get('Retry-After')) || undefined;
    throw new LoginRefused(answer.status, told.error?.message ?? '', retryAfter);
  }
  return (await answer.json()) as T;
}

const granted = (answer: Response) => answered<Granted>(answer);

export const login = {
  /** A Memoir that says nothing of logging in takes tokens. */
  async config(): Promise<LoginConfig> {
    try {
      const answer = await fetch('/login/config.json');
      const config: LoginConfig = answer.ok ? ((await answer.json()) as LoginConfig) : { kind: 'token' };
      localStorage.setItem(CONFIG, JSON.stringify(config));
      return config;
    } catch {
      // No network: as it was.
      return JSON.parse(localStorage.getItem(CONFIG) ?? '{"kind":"token"}') as LoginConfig;
    }
  },

  async password(name: string, password: string): Promise<Granted> {
    return granted(await post('password', { name, password }));
  },

  async redeem(ticket: { kind: string; ticket: string }, name: string, password: string): Promise<Granted> {
    return granted(await post(ticket.kind, { ticket: ticket.ticket, name, password }));
  },

  /** A fresh token for whoever this browser remembers; nobody, if it does not. Other failures are thrown. */
  async renew(): Promise<Granted | undefined> {
    const answer = await post('token');
    return answer.status === 401 ? undefined : granted(answer);
  },

  async logout() {
    await post('logout').catch(() => undefined);
  },
};
