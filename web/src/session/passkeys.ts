import { answered, post, type Granted } from './login';

export type Passkey = { id: string; label: string; site: string; createdAt: string; usedAt: string | null };

type Challenge = { challenge: string; ticket: string };
type Prepared = Challenge & { site: string; name: string; handle: string; known: string[] };
type Passkeys = { passkeys: Passkey[] };

/** Milliseconds that a person may take; the house's challenge is good a little longer. */
const PATIENCE = 240_000;
/** ES256, EdDSA and RS256 (IANA COSE algorithms): what the house checks, the better one first. */
const ALGORITHMS = [-7, -8, -257];

/** @throws a DOMException when the person does not want to, LoginRefused when the house does not */
export async function signIn(): Promise<Granted> {
  const { challenge, ticket } = await answered<Challenge>(await post('passkey/challenge'));
  const found = (await navigator.credentials.get({
    publicKey: { challenge: bytes(challenge), userVerification: 'preferred', timeout: PATIENCE },
  })) as PublicKeyCredential | null;
  if (!found) {
    throw new DOMException('none', 'NotAllowedError');
  }
  const signed = found.response as AuthenticatorAssertionResponse;
  const answer = {
    ticket,
    id: text(found.rawId),
    handle: new TextDecoder().decode(signed.userHandle ?? new ArrayBuffer(0)),
    authenticatorData: text(signed.authenticatorData),
    clientData: text(signed.clientDataJSON),
    signature: text(signed.signature),
  };
  return answered<Granted>(await post('passkey', answer));
}

export async function all(): Promise<Passkey[]> {
  return (await answered<Passkeys>(await post('passkeys'))).passkeys;
}

/** @throws as signing in */
export async function add(label: string): Promise<Passkey[]> {
  const prepared = await answered<Prepared>(await post('passkeys/prepare'));
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: bytes(prepared.challenge),
      rp: { id: prepared.site, name: 'Memoir' },
      user: { id: new TextEncoder().encode(prepared.handle), name: prepared.name, displayName: prepared.name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: prepared.known.map((id) => ({ type: 'public-key', id: bytes(id) })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
      attestation: 'none',
      timeout: PATIENCE,
    },
  })) as PublicKeyCredential | null;
  if (!made) {
    throw new DOMException('none', 'NotAllowedError');
  }
  const response = made.response as AuthenticatorAttestationResponse;
  const shown = {
    ticket: prepared.ticket,
    attestationObject: text(response.attestationObject),
    clientData: text(response.clientDataJSON),
    transports: response.getTransports?.() ?? [],
    label,
  };
  return (await answered<Passkeys>(await post('passkeys/add', shown))).passkeys;
}

export async function remove(id: string): Promise<Passkey[]> {
  return (await answered<Passkeys>(await post('passkeys/remove', { id }))).passkeys;
}

/** From base64url (RFC 4648, section 5). */
export function bytes(base64Url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64Url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

export function text(content: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(content)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
