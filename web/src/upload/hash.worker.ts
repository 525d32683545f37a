/// <reference lib="webworker" />
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export type Wanted = { id: number; file: Blob };
export type Told = { id: number; read: number } | { id: number; sha256: string } | { id: number; failure: string };

const worker = self as unknown as DedicatedWorkerGlobalScope;

/** Reads a file once, piece by piece: the browser's own digest wants it in memory as a whole. */
worker.onmessage = async ({ data: { id, file } }: MessageEvent<Wanted>) => {
  const tell = (told: Told) => worker.postMessage(told);
  try {
    const digest = sha256.create();
    const reader = file.stream().getReader();
    let read = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      digest.update(piece.value);
      read += piece.value.length;
      tell({ id, read });
    }
    tell({ id, sha256: bytesToHex(digest.digest()) });
  } catch (failure) {
    tell({ id, failure: failure instanceof Error ? failure.message : String(failure) });
  }
};
