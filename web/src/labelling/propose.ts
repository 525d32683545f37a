import { ask } from '../api/client';
import { DeviceModelDocument } from '../api/generated/graphql';
import type { Told, Wanted } from './engine.worker';
import type { Label, Model } from './labels';

/** There is no model here to ask. */
export class NoModel extends Error {}

type Waiting = { done: (labels: Label[]) => void; failed: (failure: Error) => void };

let model: Promise<Model | null> | undefined;
let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();

/**
 * What a picture shows, found on this device by the model that the server uses.
 *
 * @throws NoModel when the server has none to give
 * @throws Error when the browser can't read the picture, or can't run the model
 */
export async function propose(file: Blob): Promise<Label[]> {
  model ??= ask(DeviceModelDocument, {}).then(({ deviceModel }) => deviceModel ?? null);
  const known = await model.catch((failure: unknown) => {
    model = undefined;
    throw failure;
  });
  if (!known) {
    model = undefined;
    throw new NoModel('the server has no model that labels pictures');
  }
  worker ??= begin();
  const wanted: Wanted = { id: ++last, file, model: known };
  return new Promise((done, failed) => {
    waiting.set(wanted.id, { done, failed });
    worker!.postMessage(wanted);
  });
}

function begin(): Worker {
  const begun = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  begun.onmessage = ({ data }: MessageEvent<Told>) => {
    const who = waiting.get(data.id);
    waiting.delete(data.id);
    if ('labels' in data) {
      who?.done(data.labels);
    } else {
      who?.failed(new Error(data.failure));
    }
  };
  begun.onerror = () => {
    worker = undefined;
    begun.terminate();
    waiting.forEach(({ failed }) => failed(new Error('the model can’t be run here')));
    waiting.clear();
  };
  return begun;
}
