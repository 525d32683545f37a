import { chunkAt, type Chunk } from './chunks';
import { justify, type Layout, type Measures, type Shape } from './justify';

/** The pictures of a chunk, if they were read. */
export type TilesOf = (chunk: number) => readonly Shape[] | undefined;

/** An average picture is so much wider than high. */
const USUAL_RATIO = 1.35;

/**
 * Where each chunk begins and how high it is: measured where its pictures are known, estimated elsewhere. Positions are
 * pixels from the top.
 */
export class Heights {
  #tops: number[] = [0];
  #known = new Map<Chunk, number>();
  #layouts = new WeakMap<readonly Shape[], Layout>();
  #chunks: readonly Chunk[] = [];
  #measures: Measures = { width: 0, row: 1, gap: 0, heading: 0 };

  get total(): number {
    return this.#tops.at(-1)!;
  }

  measure(chunks: readonly Chunk[], measures: Measures, tilesOf: TilesOf) {
    const { width, row, gap, heading } = this.#measures;
    if (measures.width !== width || measures.row !== row || measures.gap !== gap || measures.heading !== heading) {
      this.#layouts = new WeakMap();
      this.#known.clear();
    }
    this.#chunks = chunks;
    this.#measures = measures;
    let top = 0;
    this.#tops = chunks.map((chunk, i) => {
      const here = top;
      const tiles = tilesOf(i);
      if (tiles && tiles.length >= chunk.count) {
        this.#known.set(chunk, this.layout(tiles).height);
      }
      top += this.#known.get(chunk) ?? this.#estimate(chunk);
      return here;
    });
    this.#tops.push(top);
  }

  layout(tiles: readonly Shape[]): Layout {
    let layout = this.#layouts.get(tiles);
    if (!layout) {
      layout = justify(tiles, this.#measures);
      this.#layouts.set(tiles, layout);
    }
    return layout;
  }

  top(chunk: number): number {
    return this.#tops[chunk] ?? this.total;
  }

  height(chunk: number): number {
    return this.top(chunk + 1) - this.top(chunk);
  }

  chunkAt(position: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Math.max(0, low);
  }

  /** When the pictures at a position were taken, in milliseconds; roughly where they are not read yet. */
  timeAt(position: number, tilesOf: TilesOf): number {
    const i = this.chunkAt(position);
    const chunk = this.#chunks[i];
    if (!chunk) {
      return Date.now();
    }
    const within = position - this.top(i);
    const tiles = tilesOf(i);
    const section = tiles && this.layout(tiles).sections.findLast((s) => s.y <= within);
    const share = Math.min(1, Math.max(0, within / Math.max(1, this.height(i))));
    return section ? Date.parse(section.day) : Math.min(Date.now(), chunk.before - share * (chunk.before - chunk.from));
  }

  positionOf(time: number, tilesOf: TilesOf): number {
    const i = this.#chunks.findIndex((chunk) => chunk.from <= time);
    const chunk = this.#chunks[i];
    if (!chunk) {
      return this.total;
    }
    const tiles = tilesOf(i);
    const section = tiles && this.layout(tiles).sections.find((s) => Date.parse(s.day) <= time);
    const share = Math.min(1, Math.max(0, (chunk.before - time) / (chunk.before - chunk.from)));
    return this.top(i) + (section ? section.y : share * this.height(i));
  }

  /** Where a picture lies, from the top; in a chunk that is not read yet, roughly. */
  positionOfIndex(index: number, tilesOf: TilesOf): { y: number; height: number } {
    const i = chunkAt(this.#chunks, index);
    const chunk = this.#chunks[i]!;
    const tiles = tilesOf(i);
    const box = tiles && this.layout(tiles).boxes[index - chunk.first];
    return box
      ? { y: this.top(i) + box.y, height: box.height }
      : { y: this.top(i) + ((index - chunk.first) / chunk.count) * this.height(i), height: this.#measures.row };
  }

  /** As if the days of a chunk had equally many pictures. */
  #estimate(chunk: Chunk): number {
    const { width, row, gap, heading } = this.#measures;
    const perRow = Math.max(1, width / (row * USUAL_RATIO + gap));
    const days = Math.min(chunk.count, Math.max(1, (chunk.before - chunk.from) / 86_400_000));
    const perDay = chunk.count / days;
    if (perDay <= perRow / 2) {
      return Math.ceil(chunk.count / perRow) * (row + gap + heading);
    }
    return Math.ceil(days * (heading + Math.ceil(perDay / perRow) * (row + gap)));
  }
}
