import type { Box } from './justify';

export type Key = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

/** How far to look for the next row; more pictures than fit in two. */
const ROWS = 80;

/** The number of the picture that a key leads to from another; none if the key leads nowhere. */
export function step(
  key: Key,
  from: number,
  count: number,
  boxOf: (index: number) => Box | undefined,
): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return from > 0 ? from - 1 : undefined;
    case 'ArrowRight':
      return from < count - 1 ? from + 1 : undefined;
    case 'Home':
      return count > 0 ? 0 : undefined;
    case 'End':
      return count > 0 ? count - 1 : undefined;
    case 'ArrowUp':
      return nextRow(from, -1, count, boxOf);
    case 'ArrowDown':
      return nextRow(from, 1, count, boxOf);
    default:
      return undefined;
  }
}

/** The picture of the next row whose middle is nearest. */
function nextRow(from: number, way: 1 | -1, count: number, boxOf: (index: number) => Box | undefined) {
  const here = boxOf(from);
  if (!here) {
    return undefined;
  }
  const middle = here.x + here.width / 2;
  let best: { index: number; far: number } | undefined;
  let row: number | undefined;
  for (let i = from + way; i >= 0 && i < count && Math.abs(i - from) < ROWS; i += way) {
    const box = boxOf(i);
    if (!box) {
      return best?.index ?? i;
    }
    if (Math.abs(box.y - here.y) > 1) {
      row ??= box.y;
      if (Math.abs(box.y - row) > 1) {
        break;
      }
      const far = Math.abs(box.x + box.width / 2 - middle);
      if (!best || far < best.far) {
        best = { index: i, far };
      }
    }
  }
  return best?.index;
}
