/// <reference lib="webworker" />
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import engine from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { labelsOf, prepared, type Label, type Model } from './labels';
import type { Pixels } from './resample';

export type Wanted = { id: number; file: Blob; model: Model };
export type Told = { id: number; labels: Label[] } | { id: number; failure: string };

const worker = self as unknown as DedicatedWorkerGlobalScope;

/** The server looks at renditions of this many pixels at most, along the longer side. */
const LONGEST = 1920;
const KEPT = 'memoir-models';

// One thread: more would need a page that is isolated from all others.
env.wasm.numThreads = 1;
env.wasm.wasmPaths = { wasm: engine };

let loaded: { id: string; network: Promise<{ session: InferenceSession; names: string[] }> } | undefined;
let before = Promise.resolve();

worker.onmessage = ({ data }: MessageEvent<Wanted>) => {
  // One after the other: each takes all that the thread has.
  before = before.then(() => answer(data));
};

async function answer({ id, file, model }: Wanted) {
  const tell = (told: Told) => worker.postMessage(told);
  try {
    tell({ id, labels: await look(file, model) });
  } catch (failure) {
    tell({ id, failure: failure instanceof Error ? failure.message : String(failure) });
  }
}

async function look(file: Blob, model: Model): Promise<Label[]> {
  const input = prepared(await pixels(file), model);
  if (loaded?.id !== model.id) {
    const network = load(model);
    loaded = { id: model.id, network };
    // What failed is tried again.
    network.catch(() => (loaded = undefined));
  }
  const { session, names } = await loaded.network;
  const shape = [1, 3, model.side, model.side];
  const answers = await session.run({ [model.input]: new Tensor('float32', input, shape) });
  return labelsOf(answers[model.output]!.data as Float32Array, names, model);
}

async function pixels(file: Blob): Promise<Pixels> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return { values: context.getImageData(0, 0, width, height).data, width, height };
}

async function load(model: Model) {
  const names = JSON.parse(new TextDecoder().decode(await read(model.names))) as string[];
  const session = await InferenceSession.create(await read(model.weights), { executionProviders: ['wasm'] });
  return { session, names };
}

/** Once from the store, then from the browser's cache, where there is one. What is not the file that was promised is refused. */
async function read({ address, sha256: promised }: { address: string; sha256: string }): Promise<Uint8Array> {
  const cache = 'caches' in worker ? await caches.open(KEPT) : undefined;
  const place = `/models/${promised}`;
  const kept = await cache?.match(place);
  const answer = kept ?? (await fetch(address, { referrerPolicy: 'no-referrer' }));
  if (!answer.ok) {
    throw new Error(`the store answered ${answer.status}`);
  }
  const content = new Uint8Array(await answer.arrayBuffer());
  if (bytesToHex(sha256(content)) !== promised) {
    await cache?.delete(place);
    throw new Error('the model is not the one that was promised');
  }
  if (!kept) {
    // A full disk or a private window: then it is read again next time.
    await cache?.put(place, new Response(content)).catch(() => undefined);
  }
  return content;
}
