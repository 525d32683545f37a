import { expect, test } from 'vitest';
import { seen, shown } from '../../src/viewer/things';
import { bytes, coordinates, exposure } from '../../src/viewer/units';
import { around, fitted, furthest, WHOLE, within } from '../../src/viewer/zoom';

const picture = { width: 4000, height: 3000 };
const frame = { width: 800, height: 800 };

test('the whole picture fits its frame', () => {
  expect(fitted(picture, frame)).toEqual({ width: 800, height: 600 });
});

test('what is under the finger stays under it', () => {
  const zoomed = around({ scale: 2, x: 30, y: -10 }, 1.5, 120, 80);
  // The point of the picture under (120, 80) before and after.
  expect((120 - 30) / 2).toBeCloseTo((120 - zoomed.x) / zoomed.scale);
  expect((80 + 10) / 2).toBeCloseTo((80 - zoomed.y) / zoomed.scale);
});

test('a picture can be neither lost outside its frame nor made smaller than it', () => {
  expect(within({ scale: 0.2, x: 500, y: 500 }, picture, frame)).toEqual(WHOLE);
  expect(within({ scale: 2, x: 5000, y: -5000 }, picture, frame)).toEqual({ scale: 2, x: 400, y: -200 });
});

test('it can be enlarged until a pixel is four, and a tiny one threefold at least', () => {
  expect(furthest(picture, frame)).toBe(20);
  expect(furthest({ width: 100, height: 100 }, frame)).toBe(3);
});

test('facts are told as people say them', () => {
  expect(bytes(3_400_000)).toBe('3.4 MB');
  expect(bytes(20_000_000_000)).toBe('20 GB');
  expect(bytes(0)).toBe('0 byte');
  expect(coordinates(-17.8, -179.9)).toBe('17.8000° S, 179.9000° W');
  expect(exposure({ seconds: 0.004, fNumber: 1.78, focalLength: 26, iso: 100 })).toBe('1/250 s · ƒ/1.8 · 26 mm · ISO 100');
  expect(exposure({ seconds: 2 })).toBe('2 s');
});

const box = { left: 0.1, top: 0.2, width: 0.3, height: 0.4 };
const detections = [
  { name: 'dog', confidence: 0.6, frame: 0, box },
  { name: 'cat', confidence: 0.9, frame: 2, box },
  { name: 'dog', confidence: 0.8, frame: 0, box },
];

test('things of a kind are counted and as sure as the surest of them', () => {
  expect(seen(detections)).toEqual([
    { name: 'cat', confidence: 0.9, count: 1 },
    { name: 'dog', confidence: 0.8, count: 2 },
  ]);
});

test('only what is in the picture itself is marked in it', () => {
  expect(shown(detections, 'dog')).toHaveLength(2);
  expect(shown(detections, 'cat')).toEqual([]);
  expect(shown(detections, undefined)).toEqual([]);
});
