import { ask, Offline, Refused } from '../api/client';
import {
  AbortUploadDocument,
  CompleteUploadDocument,
  CreateUploadDocument,
  KnownDocument,
  SignPartsDocument,
  type PutFragment,
} from '../api/generated/graphql';
import { sha256 } from './hash';
import { Lost, put, StoreRefused } from './put';
import { unfinished, type Unfinished } from './unfinished';

export type Stage = 'checking' | 'sending' | 'offline';
export type Watcher = { stage: (stage: Stage) => void; sent: (bytes: number) => void; known: (sha256: string) => void };

const PAUSES = [1_000, 3_000, 8_000, 20_000];
/** The store's answers that mean "later". */
const LATER = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Sends one file straight to the store, in parts if it is large.
 *
 * @returns whether it was sent; otherwise the library has it already
 */
export async function send(file: File, watch: Watcher, signal: AbortSignal): Promise<'sent' | 'known'> {
  watch.stage('checking');
  const hash = await sha256(file);
  signal.throwIfAborted();
  watch.known(hash);
  const begun = unfinished.of(hash, file.size);
  if (!begun) {
    const { asset } = await patiently(() => ask(KnownDocument, { sha256: hash }, signal), watch, signal);
    if (asset?.present) {
      return 'known';
    }
  }
  watch.stage('sending');
  if (begun) {
    await continued(file, begun, watch, signal);
    return 'sent';
  }
  const create = () =>
    ask(
      CreateUploadDocument,
      { input: { name: nameOf(file), size: file.size, mediaType: file.type || 'application/octet-stream', sha256: hash } },
      signal,
    );
  const { createUpload: upload } = await patiently(create, watch, signal);
  if (upload.uploadId && upload.partSize && upload.parts) {
    const { key, uploadId, partSize, parts } = upload;
    const fresh: Unfinished = { name: file.name, size: file.size, sha256: hash, key, uploadId, partSize, parts, done: [] };
    unfinished.keep(fresh);
    await inParts(file, fresh, watch, signal);
  } else if (upload.request) {
    const request = upload.request;
    await patiently(() => put(request, file, watch.sent, signal), watch, signal);
  }
  return 'sent';
}

/** The store may have dropped what was begun long ago: then it begins anew. */
async function continued(file: File, begun: Unfinished, watch: Watcher, signal: AbortSignal): Promise<void> {
  try {
    await inParts(file, begun, watch, signal);
  } catch (failure) {
    const gone = (failure instanceof StoreRefused && failure.status === 404) || (failure instanceof Refused && failure.code === 'NOT_FOUND');
    if (!gone) {
      throw failure;
    }
    unfinished.drop(begun.uploadId);
    await send(file, watch, signal);
  }
}

async function inParts(file: File, upload: Unfinished, watch: Watcher, signal: AbortSignal) {
  const { key, uploadId, partSize, parts } = upload;
  let before = 0;
  for (let number = 1; number <= parts; number++) {
    const part = file.slice((number - 1) * partSize, number * partSize);
    if (!upload.done.includes(number)) {
      const sum = await sha256(part);
      const sign = () => ask(SignPartsDocument, { key, uploadId, parts: [{ number, size: part.size, sha256: sum }] }, signal);
      const { signParts } = await patiently(sign, watch, signal);
      const sent = before;
      await patiently(() => put(signParts[0] as PutFragment, part, (bytes) => watch.sent(sent + bytes), signal), watch, signal);
      upload.done.push(number);
      unfinished.keep(upload);
    }
    before += part.size;
    watch.sent(before);
  }
  await patiently(() => ask(CompleteUploadDocument, { key, uploadId, parts }, signal), watch, signal);
  unfinished.drop(uploadId);
}

/** Gives up what the store holds of it; not being able to is no harm, since stores drop it some day. */
export async function forget(upload: Unfinished) {
  unfinished.drop(upload.uploadId);
  await ask(AbortUploadDocument, { key: upload.key, uploadId: upload.uploadId }).catch(() => undefined);
}

/** Tries again while the network is lost, however long, and a few times if the store has trouble. */
async function patiently<T>(attempt: () => Promise<T>, watch: Watcher, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; ) {
    try {
      const answer = await attempt();
      watch.stage('sending');
      return answer;
    } catch (failure) {
      signal.throwIfAborted();
      if (failure instanceof Lost || failure instanceof Offline) {
        watch.stage('offline');
      } else if (!(failure instanceof StoreRefused && LATER.has(failure.status)) || ++tries > PAUSES.length) {
        throw failure;
      }
      await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]!, signal);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      if (signal.aborted) {
        reject(signal.reason);
      } else {
        resolve();
      }
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}

const LONGEST = 200;

/** The API takes names of 200 bytes: a longer one loses its middle, not its ending. */
export function nameOf(file: { name: string }): string {
  const length = (text: string) => new TextEncoder().encode(text).length;
  const clean = file.name.replace(/[/\\\p{Cc}]/gu, '_');
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 12 ? clean.slice(dot) : '';
  let stem = [...clean.slice(0, clean.length - ending.length)];
  while (length(stem.join('') + ending) > LONGEST) {
    stem = stem.slice(0, -1);
  }
  return stem.join('') + ending;
}
