import { words } from '../words';

/** What keeps this page from passkeys: no HTTPS, a number instead of a name, or the browser. */
export type Obstacle = 'insecure' | 'nameless' | 'browser';

export function obstacle(): Obstacle | undefined {
  if (!isSecureContext) {
    return 'insecure';
  }
  if (/^[\d.]+$|^\[/.test(location.hostname)) {
    return 'nameless';
  }
  return typeof PublicKeyCredential === 'undefined' ? 'browser' : undefined;
}

export function told(what: Obstacle): string {
  if (what === 'nameless') {
    const own = location.hostname === '127.0.0.1' || location.hostname === '[::1]';
    return words.passkeys.nameless(own ? `${location.protocol}//localhost:${location.port}` : '');
  }
  return words.passkeys[what];
}

/** What to tell a person of a passkey that was not made or not used; nothing where that was not the reason. */
export function whyNot(failure: unknown): string | undefined {
  const { name, status } = failure as { name?: string; status?: number };
  if (name === 'NotAllowedError' || name === 'AbortError') {
    return words.passkeys.cancelled;
  }
  if (name === 'InvalidStateError') {
    return words.passkeys.there;
  }
  return status === 401 ? words.passkeys.unknown : undefined;
}
