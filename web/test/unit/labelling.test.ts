import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labelsOf, prepared, square } from '../../src/labelling/labels';
import { resize } from '../../src/labelling/resample';

/** Made by Pillow; the server's tests hold it to the same pictures. */
const REFERENCE = '../functions/ai/src/test/resources/dev/memoir/ai/picture/resampler.json';

/** The reference's noise: a linear congruential generator, red first. */
function noise(width: number, height: number) {
  const values = new Uint8Array(3 * width * height);
  let seed = 1;
  for (let i = 0; i < values.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    values[i] = seed >>> 24;
  }
  return { values, width, height };
}

type Golden = { from: [number, number]; to: [number, number]; filter: string; rgb: string };

const golden = (JSON.parse(readFileSync(REFERENCE, 'utf8')) as Golden[]).filter(({ filter }) => filter === 'bicubic');

test.each(golden)('a picture of $from is scaled to $to as the server does it, to the bit', ({ from, to, rgb }) => {
  expect(Buffer.from(resize(noise(...from), ...to).values).toString('base64')).toBe(rgb);
});

test('the middle square is kept, without alpha, and what is odd is left out right and below', () => {
  const values = Uint8ClampedArray.from({ length: 4 * 5 * 4 }, (_, i) => i);
  expect(square({ values, width: 5, height: 4 }, 0.5)).toEqual({
    values: Uint8Array.of(28, 29, 30, 32, 33, 34, 48, 49, 50, 52, 53, 54),
    width: 2,
    height: 2,
  });
});

test('a model is given one channel after the other', () => {
  const values = Uint8ClampedArray.of(127, 255, 0, 255);
  const input = prepared({ values, width: 1, height: 1 }, { square: 1, side: 1, mean: [127, 127, 127], divisor: [128, 128, 128] });
  expect([...input]).toEqual([0, 1, -127 / 128]);
});

test('classes of one name are one label, and unlikely cats of three kinds are a likely cat', () => {
  const model = { top: 2, floor: 0.05, broader: 0.4, words: [{ name: 'cat', classes: [0, 1, 2] }, { name: 'boat', classes: [3] }] };
  const names = ['tabby', 'tiger cat', 'Siamese', 'canoe', 'crane', 'crane'];
  expect(labelsOf([0.25, 0.125, 0.125, 0.0625, 0.25, 0.1875], names, model)).toEqual([
    { name: 'cat', confidence: 0.5 },
    { name: 'crane', confidence: 0.4375 },
    { name: 'tabby', confidence: 0.25 },
  ]);
  expect(() => labelsOf([1], names, model)).toThrow('1 classes, but 6 names');
});
