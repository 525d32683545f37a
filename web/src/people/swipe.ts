/** So far a finger must go before it means something, in pixels. */
const FAR = 80;

/** @returns whether a finger that went so far swiped to the right; nothing if it did not swipe */
export function swiped(right: number, down: number): boolean | undefined {
  return Math.abs(right) >= FAR && Math.abs(right) > 2 * Math.abs(down) ? right > 0 : undefined;
}
