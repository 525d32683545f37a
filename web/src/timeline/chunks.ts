import type { TimelineQuery } from '../api/generated/graphql';

export type Bucket = TimelineQuery['timeline'][number];

/** Neighbouring buckets that are read and laid out together. Times are milliseconds. */
export type Chunk = { from: number; before: number; count: number; first: number; after: string | null };

/** Enough to fill some screens; more at once would only make people wait. */
const ENOUGH = 400;

/** Puts small buckets together: a week with two pictures needs no request of its own. */
export function chunksOf(buckets: readonly Bucket[]): Chunk[] {
  const chunks: Chunk[] = [];
  let first = 0;
  for (const bucket of buckets) {
    const from = Date.parse(bucket.takenFrom);
    const before = Date.parse(bucket.takenBefore);
    const last = chunks.at(-1);
    // A bucket that begins after a cursor, or is followed by one, is a part of its days and stays alone.
    const joins = last && last.count + bucket.count <= ENOUGH && !bucket.after && !last.after && last.from >= before;
    if (joins) {
      last.from = from;
      last.count += bucket.count;
    } else {
      chunks.push({ from, before, count: bucket.count, first, after: bucket.after ?? null });
    }
    first += bucket.count;
  }
  return chunks;
}

/** The chunk that holds the picture with this number, counted from the newest. */
export function chunkAt(chunks: readonly Chunk[], index: number): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chunks[middle]!.first <= index) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
