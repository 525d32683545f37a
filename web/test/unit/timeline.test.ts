import { describe, expect, test } from 'vitest';
import { chunkAt, chunksOf, type Bucket } from '../../src/timeline/chunks';
import { Heights } from '../../src/timeline/heights';
import { step } from '../../src/timeline/keys';
import { Scroll } from '../../src/timeline/scroll';

const WEEK = 7 * 86_400_000;

function weeks(counts: number[]): Bucket[] {
  return counts.map((count, i) => ({
    takenFrom: new Date(1_700_000_000_000 - (i + 1) * WEEK).toISOString(),
    takenBefore: new Date(1_700_000_000_000 - i * WEEK).toISOString(),
    count,
    after: null,
  }));
}

describe('chunks', () => {
  test('small buckets are read together, large ones alone, and none is lost', () => {
    const chunks = chunksOf(weeks([3, 5, 900, 2, 100, 350, 20]));
    expect(chunks.map((chunk) => chunk.count)).toEqual([8, 900, 102, 370]);
    expect(chunks.map((chunk) => chunk.first)).toEqual([0, 8, 908, 1010]);
  });

  test('the parts of a crowded week are never joined, since each begins after its own cursor', () => {
    const [week] = weeks([10]);
    const chunks = chunksOf([week!, { ...week!, after: 'a' }, { ...week!, after: 'b' }]);
    expect(chunks.map((chunk) => chunk.after)).toEqual([null, 'a', 'b']);
  });

  test('each picture is in the chunk that says so', () => {
    const chunks = chunksOf(weeks([900, 800, 700]));
    expect([0, 899, 900, 1699, 1700, 2399].map((n) => chunkAt(chunks, n))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('a million pictures', () => {
  const chunks = chunksOf(weeks(Array.from({ length: 1000 }, () => 1000)));
  const heights = new Heights();
  heights.measure(chunks, { width: 360, row: 116, gap: 4, heading: 40 }, () => undefined);

  test('are taller than browsers can scroll', () => {
    expect(heights.total).toBeGreaterThan(17_000_000);
  });

  test('every place can be reached by the bar, by going there, and by scrolling on from there', () => {
    const scroll = new Scroll();
    scroll.total = heights.total;
    scroll.view = 800;
    expect(scroll.content).toBeLessThanOrEqual(8_000_000);
    for (const share of [0, 0.1, 0.5, 0.9, 1]) {
      const wanted = share * (heights.total - 800);
      const top = scroll.goTo(wanted);
      expect(scroll.position).toBeCloseTo(wanted, 3);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThanOrEqual(scroll.content - 800);
    }
  });

  test('scrolling moves the list pixel by pixel, and the bar dragged to its end is the end of the list', () => {
    const scroll = new Scroll();
    scroll.total = heights.total;
    scroll.view = 800;
    const top = scroll.goTo(10_000_000);
    scroll.scrolled(top + 120);
    expect(scroll.position).toBeCloseTo(10_000_120, 3);
    scroll.scrolled(scroll.content - 800);
    expect(scroll.position).toBeCloseTo(heights.total - 800, 0);
  });

  test('whoever scrolls on and on is never stopped by an end that is none', () => {
    const scroll = new Scroll();
    scroll.total = heights.total;
    scroll.view = 800;
    let top = scroll.goTo(heights.total / 2);
    let before = scroll.position;
    for (let i = 0; i < heights.total / 700; i++) {
      const next = Math.max(0, top - 700);
      const instead = scroll.scrolled(next);
      top = instead ?? next;
      if (Math.abs(before - scroll.position - Math.min(700, before)) > 1) {
        expect.fail(`step ${i}: from ${before} to ${scroll.position}`);
      }
      before = scroll.position;
      if (before <= 0) {
        return;
      }
    }
    expect(before).toBeCloseTo(0);
  });

  test('times and places lead to each other', () => {
    for (const share of [0.01, 0.33, 0.8]) {
      const position = share * heights.total;
      const time = heights.timeAt(position, () => undefined);
      expect(Math.abs(heights.positionOf(time, () => undefined) - position)).toBeLessThan(2);
    }
  });
});

describe('keys', () => {
  const boxes = [
    { x: 0, y: 0, width: 100, height: 50 },
    { x: 104, y: 0, width: 200, height: 50 },
    { x: 0, y: 54, width: 60, height: 50 },
    { x: 64, y: 54, width: 60, height: 50 },
    { x: 128, y: 54, width: 170, height: 50 },
  ];
  const boxOf = (n: number) => boxes[n];

  test('up and down lead to the picture that is nearest in the next row', () => {
    expect(step('ArrowDown', 1, 5, boxOf)).toBe(4);
    expect(step('ArrowDown', 0, 5, boxOf)).toBe(2);
    expect(step('ArrowUp', 4, 5, boxOf)).toBe(1);
    expect(step('ArrowUp', 0, 5, boxOf)).toBeUndefined();
  });

  test('left and right go on from row to row, and stop at the ends', () => {
    expect(step('ArrowRight', 1, 5, boxOf)).toBe(2);
    expect(step('ArrowLeft', 0, 5, boxOf)).toBeUndefined();
    expect(step('End', 0, 5, boxOf)).toBe(4);
  });
});
