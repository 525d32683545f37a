import { Offline, Refused } from '../api/client';
import { connection } from '../api/connection.svelte';
import { session } from '../session/session.svelte';

/** For who does not administer there is nothing. */
export class NotThere extends Error {}

const TRIES = 4;

/**
 * Asks the edge as an administrator: looks without a body, acts with one. An old token is renewed once.
 *
 * @throws NotThere if this person does not administer, or not any more
 * @throws Refused if Memoir says no
 * @throws Offline if nothing answers, as while it restarts
 */
export async function office<T>(path: string, body?: object): Promise<T> {
  for (let tries = 1; ; tries++) {
    const token = await session.token();
    const answer = await send(`/administration/${path}`, body, { Authorization: `Bearer ${token}` });
    const told = answer.headers.get('Content-Type')?.startsWith('application/json') ? ((await answer.json()) as Told) : {};
    if (answer.status === 404 && told.error?.code !== 'ELSEWHERE') {
      if (tries > 1 || !session.administers) {
        throw new NotThere();
      }
      await session.refused(token);
    } else if (answer.status === 429 && tries < TRIES) {
      await connection.pause(Number(answer.headers.get('Retry-After')) || 1);
    } else {
      return read<T>(answer, told);
    }
  }
}

/** Asks about one's own account, by the cookie of this browser. */
export async function own<T>(path: string, body: object = {}): Promise<T> {
  const answer = await send(`/login/${path}`, body, {});
  return read<T>(answer, answer.status === 204 ? {} : ((await answer.json().catch(() => ({}))) as Told));
}

type Told = { error?: { code?: string; message?: string } };

async function send(path: string, body: object | undefined, headers: Record<string, string>): Promise<Response> {
  try {
    const asked = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return await fetch(path, body ? asked : { headers });
  } catch (failure) {
    throw new Offline('no answer', { cause: failure });
  }
}

function read<T>(answer: Response, told: Told): T {
  if (!answer.ok) {
    throw new Refused(told.error?.message ?? `HTTP ${answer.status}`, told.error?.code ?? '');
  }
  return told as T;
}

export type State = 'asleep' | 'waking' | 'awake' | 'crashed';

export type Job = {
  id: string;
  command: string;
  state: 'running' | 'done' | 'failed';
  startedAt?: string;
  endedAt?: string;
  /** The last line that the job printed: JSON. */
  progress: string;
  result?: Record<string, unknown> | null;
  error?: string;
};

export type Status = {
  address: string;
  functions: Record<string, { state: State; memoryBytes: number; coldStarts: number; lastColdStartMs: number; trouble?: string }>;
  database: { state: string; memoryBytes: number };
  parts: Record<string, { state?: string; pssBytes: number }>;
  queue: { new?: Record<string, number>; backfill?: Record<string, number>; store?: number; unknown?: string };
  dead?: number;
  faces: 'on' | 'off' | 'undecided';
  faceModels: boolean;
  rehearsal: string;
  problems: Record<string, string>;
  disk: { freeBytes: number; totalBytes: number };
  jobs: Job[];
};

export type Letter = { id: number; function: string; subject: string; reason: string; attempts: number; at: string };

/** Originals, each content once, those in the trash, too. */
export type Kept = { assets: number; bytes: number };

/** Without a quota somebody keeps as much as there is room. */
export type Person = Kept & { name: string; family: boolean; adult: boolean; administrator: boolean; sessions: number; quota?: number };

export type People = { people: Person[]; family: Kept };

export type Ticket = { ticket: string; expiresAt: string };

export type Model = { name: string; version: string; task: string; licence: string; holder: string; installed: boolean };

export type PhoneSettings = { endpoint: string; bucket: string; region: string; pathStyle: boolean; accessKey: string; secretKey: string };

export type Change = { at: string; by: string; what: string; whom: string; groups: string[]; attributes: string[] };

export type OwnSession = { id: string; device: string; createdAt: string; expiresAt: string; current: boolean };

/** What a script asks with; the key itself is shown once. */
export type ApiKey = { id: string; name: string; scope: 'read' | 'write' | 'admin'; createdAt: string; expiresAt: string; usedAt: string | null };

/** The link by which somebody comes in, at the address by which whoever makes it is here. */
export function link({ ticket }: Ticket): string {
  return `${location.origin}/#/invitation?ticket=${encodeURIComponent(ticket)}`;
}
