import { describe, expect, test } from 'vitest';
import { justify, type Measures, type Shape } from '../../src/timeline/justify';

const measures: Measures = { width: 1000, row: 160, gap: 4, heading: 40 };

function pictures(day: string, count: number, width = 3, height = 2): Shape[] {
  return Array.from({ length: count }, () => ({ width, height, takenAtLocal: `${day}T12:00:00`, sortTime: `${day}T12:00:00Z` }));
}

describe('justified rows', () => {
  test('full rows end exactly at both edges and keep the shape of each picture', () => {
    const { boxes } = justify(pictures('2024-07-14', 13), measures);
    const first = boxes.filter((box) => box.y === boxes[0]!.y);
    expect(first[0]!.x).toBe(0);
    expect(first.at(-1)!.x + first.at(-1)!.width).toBeCloseTo(1000, 6);
    for (const box of first) {
      expect(box.width / box.height).toBeCloseTo(1.5, 1);
      expect(box.height).toBeLessThanOrEqual(160);
    }
  });

  test('no two pictures overlap and none leaves the width, whatever their shapes', () => {
    const shapes = Array.from({ length: 200 }, (_, i) => pictures(`2024-07-${10 + (i % 7 === 0 ? 1 : 0)}`, 1, 1 + ((i * 7) % 9), 1 + ((i * 5) % 7))[0]!);
    shapes.sort((a, b) => (a.sortTime < b.sortTime ? 1 : -1));
    const { boxes, height } = justify(shapes, measures);
    boxes.forEach((a, i) => {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width).toBeLessThanOrEqual(1000.001);
      expect(a.y + a.height).toBeLessThanOrEqual(height);
      boxes.slice(i + 1).forEach((b) => {
        const apart = a.x + a.width <= b.x + 0.001 || b.x + b.width <= a.x + 0.001 || a.y + a.height <= b.y + 0.001 || b.y + b.height <= a.y + 0.001;
        expect(apart).toBe(true);
      });
    });
  });

  test('short days share a row, each under its own heading', () => {
    const { sections, boxes } = justify([...pictures('2024-07-14', 1), ...pictures('2024-07-13', 2)], measures);
    expect(sections.map((s) => s.day)).toEqual(['2024-07-14', '2024-07-13']);
    expect(sections[0]!.y).toBe(sections[1]!.y);
    expect(boxes[1]!.x).toBe(sections[1]!.x);
    expect(sections[1]!.x).toBeGreaterThan(boxes[0]!.x + boxes[0]!.width);
  });

  test('a day is the one on the clock where the picture was taken', () => {
    const late: Shape = { width: 3, height: 2, takenAtLocal: '2024-07-14T23:30:00', sortTime: '2024-07-15T04:30:00Z' };
    expect(justify([late], measures).sections[0]!.day).toBe('2024-07-14');
  });

  test('a picture without a size is square, and a panorama stays in bounds', () => {
    const { boxes } = justify([...pictures('2024-07-14', 1, 0, 0), ...pictures('2024-07-14', 1, 20_000, 100)], measures);
    expect(boxes[0]!.width).toBe(boxes[0]!.height);
    expect(boxes[1]!.width / boxes[1]!.height).toBeCloseTo(3);
  });
});
