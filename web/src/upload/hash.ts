import type { Told, Wanted } from './hash.worker';

type Waiting = { done: (sha256: string) => void; failed: (failure: Error) => void };

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();

/** SHA-256 of a file or a part of one, 64 hexadecimal digits, computed beside the page. */
export function sha256(file: Blob): Promise<string> {
  worker ??= begin();
  const wanted: Wanted = { id: ++last, file };
  return new Promise((done, failed) => {
    waiting.set(wanted.id, { done, failed });
    worker!.postMessage(wanted);
  });
}

function begin(): Worker {
  const begun = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
  begun.onmessage = ({ data }: MessageEvent<Told>) => {
    const who = waiting.get(data.id);
    if ('sha256' in data) {
      waiting.delete(data.id);
      who?.done(data.sha256);
    } else if ('failure' in data) {
      waiting.delete(data.id);
      who?.failed(new Error(data.failure));
    }
  };
  return begun;
}
