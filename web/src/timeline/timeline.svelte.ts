import { ask } from '../api/client';
import { TilesDocument, TimelineDocument, type AssetFilter, type TileFragment } from '../api/generated/graphql';
import { lastSeen } from '../offline/last-seen';
import { chunkAt, chunksOf, type Bucket, type Chunk } from './chunks';

export type Tile = TileFragment;

const PAGE = 500;
/** Chunks whose tiles are kept: what memory a library takes does not depend on its size. */
const KEPT = 16;

/**
 * A library, or what a filter leaves of it, by number from the newest on. It knows how many pictures lie where and reads them
 * where they are looked at; what was not looked at for longest is let go.
 */
export class Timeline {
  chunks = $state.raw<Chunk[]>([]);
  /** Counts up whenever tiles have come, gone or changed. */
  version = $state(0);
  state = $state<'loading' | 'there' | 'failed'>('loading');
  failure = $state.raw<unknown>();

  #tiles = new Map<number, Tile[]>();
  #loading = new Map<number, Promise<Tile[]>>();
  #stop = new AbortController();

  constructor(readonly filter: AssetFilter) {}

  get count(): number {
    const last = this.chunks.at(-1);
    return last ? last.first + last.count : 0;
  }

  get #whole(): boolean {
    return Object.keys(this.filter).join() === 'archived' && this.filter.archived === false;
  }

  /** Shows what was seen last, then what there is. @param ready when that may be read */
  async open(ready?: Promise<unknown>) {
    if (this.#whole && this.chunks.length === 0) {
      const seen = await lastSeen.read();
      if (seen && this.state === 'loading') {
        this.#take(seen.buckets);
        this.#tiles.set(0, seen.tiles);
        this.state = 'there';
      }
    }
    await ready;
    await this.refresh();
  }

  /** Looks again where pictures lie, and reads again what is shown. */
  async refresh() {
    try {
      const { timeline } = await ask(TimelineDocument, { filter: this.filter }, this.#stop.signal);
      const stale = this.#tiles;
      const known = this.chunks;
      this.#loading.clear();
      this.#take(timeline);
      this.#tiles = new Map();
      // Chunks that look the same keep their tiles, so that nothing flickers; the first is always read again.
      this.chunks.forEach((chunk, i) => {
        const same = known.findIndex((k) => k.from === chunk.from && k.count === chunk.count && k.after === chunk.after);
        const tiles = stale.get(same);
        if (same >= 0 && tiles) {
          this.#tiles.set(i, tiles);
        }
      });
      this.state = 'there';
      this.failure = undefined;
      this.version++;
      if (this.chunks.length > 0) {
        await this.#read(0);
        if (this.#whole) {
          await lastSeen.write(timeline, this.#tiles.get(0) ?? []);
        }
      } else if (this.#whole) {
        await lastSeen.write([], []);
      }
    } catch (failure) {
      this.#fail(failure);
    }
  }

  /** As refreshing, and reads again where these pictures are, which may be shown otherwise now. */
  async changed(ids: readonly string[]) {
    await this.refresh();
    const all = new Set(ids);
    for (const [chunk, tiles] of [...this.#tiles]) {
      if (tiles.some((tile) => all.has(tile.id))) {
        await this.#read(chunk);
      }
    }
  }

  /** The tiles of a chunk, if they are there. */
  tiles(chunk: number): readonly Tile[] | undefined {
    return this.#tiles.get(chunk);
  }

  /** Reads a chunk's tiles unless they are there. */
  async load(chunk: number): Promise<readonly Tile[]> {
    const there = this.#tiles.get(chunk);
    if (there) {
      // The order of the map is the order of use.
      this.#tiles.delete(chunk);
      this.#tiles.set(chunk, there);
      return there;
    }
    return this.#read(chunk);
  }

  async at(index: number): Promise<Tile | undefined> {
    if (index < 0 || index >= this.count) {
      return undefined;
    }
    const chunk = chunkAt(this.chunks, index);
    return (await this.load(chunk))[index - this.chunks[chunk]!.first];
  }

  /** A picture by its number, if it is in memory. */
  peek(index: number): Tile | undefined {
    const chunk = chunkAt(this.chunks, index);
    return this.#tiles.get(chunk)?.[index - (this.chunks[chunk]?.first ?? 0)];
  }

  /** The number of a picture. */
  async find(id: string, sortTime?: string): Promise<number | undefined> {
    for (const [chunk, tiles] of this.#tiles) {
      const place = tiles.findIndex((tile) => tile.id === id);
      if (place >= 0) {
        return this.chunks[chunk]!.first + place;
      }
    }
    if (sortTime === undefined) {
      return undefined;
    }
    const time = Date.parse(sortTime);
    for (const [i, chunk] of this.chunks.entries()) {
      if (time >= chunk.from && time < chunk.before) {
        const place = (await this.load(i)).findIndex((tile) => tile.id === id);
        if (place >= 0) {
          return chunk.first + place;
        }
      }
    }
    return undefined;
  }

  close() {
    this.#stop.abort();
  }

  #take(buckets: readonly Bucket[]) {
    this.chunks = chunksOf(buckets);
  }

  async #read(index: number): Promise<Tile[]> {
    const begun = this.#loading.get(index);
    if (begun) {
      return begun;
    }
    const reading: Promise<Tile[]> = this.#pages(index)
      .catch((failure: unknown) => {
        this.#fail(failure);
        return [];
      })
      .finally(() => {
        if (this.#loading.get(index) === reading) {
          this.#loading.delete(index);
        }
      });
    this.#loading.set(index, reading);
    return reading;
  }

  async #pages(index: number): Promise<Tile[]> {
    const chunk = this.chunks[index]!;
    const tiles: Tile[] = [];
    const filter = {
      ...this.filter,
      takenFrom: new Date(chunk.from).toISOString(),
      takenBefore: new Date(chunk.before).toISOString(),
    };
    let after = chunk.after;
    for (let more = true; more && tiles.length < chunk.count; ) {
      const first = Math.min(PAGE, chunk.count - tiles.length);
      const { assets } = await ask(TilesDocument, { filter, first, after }, this.#stop.signal);
      tiles.push(...assets.edges.map((edge) => edge.node));
      more = assets.pageInfo.hasNextPage;
      after = assets.pageInfo.endCursor ?? null;
      if (this.chunks[index] !== chunk) {
        return tiles;
      }
      this.#keep(index, [...tiles]);
    }
    return tiles;
  }

  #keep(index: number, tiles: Tile[]) {
    this.#tiles.delete(index);
    this.#tiles.set(index, tiles);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= KEPT) {
        break;
      }
      this.#tiles.delete(oldest);
    }
    this.version++;
  }

  #fail(failure: unknown) {
    if (this.#stop.signal.aborted) {
      return;
    }
    this.failure = failure;
    if (this.state === 'loading') {
      this.state = 'failed';
    }
  }
}
