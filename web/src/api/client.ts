import { session } from '../session/session.svelte';
import type { TypedDocumentString } from './generated/graphql';
import { connection } from './connection.svelte';

/** What the API said against it, in its words. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** No answer at all. */
export class Offline extends Error {}

const PATIENT_TRIES = 6;
/** After this, a person wonders: the API was asleep. */
const NOTICEABLE = 700;

type Answer<T> = { data?: T | null; errors?: { message: string; extensions?: { code?: string } }[] };

/**
 * Asks the API. A token that has run out is renewed and the question asked again; while the API is busy or wakes it waits.
 *
 * @throws Refused if the API says no
 * @throws Offline if nothing answers
 */
export async function ask<T, V>(
  operation: TypedDocumentString<T, V>,
  variables: V,
  signal?: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const token = await session.token();
    const answer = await send(operation.toString(), variables, token, signal);
    if (answer.status === 401) {
      await session.refused(token);
    } else if ((answer.status === 503 || answer.status === 429) && tries < PATIENT_TRIES) {
      await connection.pause(Number(answer.headers.get('Retry-After')) || 1, signal);
    } else {
      return read(answer);
    }
  }
}

async function send(query: string, variables: unknown, token: string, signal?: AbortSignal): Promise<Response> {
  const asked = connection.asked(NOTICEABLE);
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: signal ?? null,
    });
    connection.online = true;
    return answer;
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    connection.online = false;
    throw new Offline('no answer', { cause: failure });
  } finally {
    asked();
  }
}

async function read<T>(response: Response): Promise<T> {
  const answer = (await response.json().catch(() => ({}))) as Answer<T>;
  const problem = answer.errors?.[0];
  if (problem || !answer.data) {
    throw new Refused(problem?.message ?? `HTTP ${response.status}`, problem?.extensions?.code ?? '');
  }
  return answer.data;
}
