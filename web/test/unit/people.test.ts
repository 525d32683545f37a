import { expect, test } from 'vitest';
import { swiped } from '../../src/people/swipe';

test('a finger answers that goes far enough sideways', () => {
  expect(swiped(120, 10)).toBe(true);
  expect(swiped(-120, -10)).toBe(false);
  expect(swiped(40, 0)).toBeUndefined();
  expect(swiped(100, 90)).toBeUndefined();
});
