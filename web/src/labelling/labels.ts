import type { DeviceModelFragment } from '../api/generated/graphql';
import { resize, type Pixels } from './resample';

export type Model = DeviceModelFragment;
export type Label = { name: string; confidence: number };

/** The middle square of a picture, without its alpha. Where an odd pixel is left over, it is left out right and below. */
export function square(rgba: Pixels, fraction: number): Pixels {
  const side = Math.max(1, Math.trunc(Math.min(rgba.width, rgba.height) * fraction));
  const left = Math.trunc((rgba.width - side + 1) / 2);
  const top = Math.trunc((rgba.height - side + 1) / 2);
  const values = new Uint8Array(3 * side * side);
  for (let y = 0, out = 0; y < side; y++) {
    for (let x = 0, from = 4 * ((top + y) * rgba.width + left); x < side; x++, from += 4) {
      values[out++] = rgba.values[from]!;
      values[out++] = rgba.values[from + 1]!;
      values[out++] = rgba.values[from + 2]!;
    }
  }
  return { values, width: side, height: side };
}

/** The model's input: channel after channel. */
export function prepared(rgba: Pixels, model: Pick<Model, 'square' | 'side' | 'mean' | 'divisor'>): Float32Array {
  const { values } = resize(square(rgba, model.square), model.side, model.side);
  const pixels = model.side * model.side;
  const input = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < pixels; i++) {
      input[channel * pixels + i] = (values[3 * i + channel]! - model.mean[channel]!) / model.divisor[channel]!;
    }
  }
  return input;
}

/** What a row of probabilities says, in the model's words and in broader ones, the most certain first: as the server says it. */
export function labelsOf(row: ArrayLike<number>, names: readonly string[], model: Pick<Model, 'top' | 'floor' | 'broader' | 'words'>): Label[] {
  if (row.length !== names.length) {
    throw new Error(`${row.length} classes, but ${names.length} names`);
  }
  const classes = new Map<string, number>();
  names.forEach((name, i) => classes.set(name, (classes.get(name) ?? 0) + row[i]!));
  const best = [...classes].filter(([, confidence]) => confidence >= model.floor).sort((a, b) => b[1] - a[1]).slice(0, model.top);
  const broader = model.words
    .map((word) => [word.name, word.classes.reduce((sum, i) => sum + row[i]!, 0)] as const)
    .filter(([, confidence]) => confidence >= model.broader);
  const all = new Map<string, number>();
  [...best, ...broader].forEach(([name, confidence]) => all.set(name, Math.max(all.get(name) ?? 0, Math.min(1, confidence))));
  return [...all]
    .map(([name, confidence]) => ({ name, confidence }))
    .sort((a, b) => b.confidence - a.confidence || (a.name < b.name ? -1 : 1));
}
