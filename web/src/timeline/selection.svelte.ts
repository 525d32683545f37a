import { SvelteMap } from 'svelte/reactivity';
import type { Pictures } from './pictures';
import type { Tile } from './timeline.svelte';

/** What the API changes at once; larger ranges would surprise more than help. */
const MOST = 5_000;

/** The pictures that were chosen, by id. A range goes from the one that was touched last. */
export class Selection {
  readonly ids = new SvelteMap<string, Tile>();
  #anchor: number | undefined;
  #before: ReadonlyMap<string, Tile> = new Map();
  /** Pictures may have to be read first: one change after the other, in the order of the person's doing. */
  #queue: Promise<void> = Promise.resolve();

  constructor(readonly timeline: () => Pictures) {}

  get size(): number {
    return this.ids.size;
  }

  clear() {
    this.ids.clear();
    this.#anchor = undefined;
  }

  toggle(index: number): Promise<void> {
    return (this.#queue = this.#queue.then(() => this.#toggle(index)));
  }

  /** Chooses all from the anchor to here besides what was chosen before; a range that shrinks lets go again. */
  extend(index: number): Promise<void> {
    return (this.#queue = this.#queue.then(() => this.#extend(index)));
  }

  async #toggle(index: number) {
    const tile = await this.timeline().at(index);
    if (!tile) {
      return;
    }
    if (!this.ids.delete(tile.id)) {
      this.ids.set(tile.id, tile);
    }
    this.#anchor = index;
    this.#before = new Map(this.ids);
  }

  async #extend(index: number) {
    if (this.#anchor === undefined) {
      await this.#toggle(index);
      return;
    }
    const [first, last] = [Math.min(this.#anchor, index), Math.max(this.#anchor, index)];
    const wanted = new Map(this.#before);
    for (let i = first; i <= last && wanted.size < MOST; i++) {
      const tile = await this.timeline().at(i);
      if (tile) {
        wanted.set(tile.id, tile);
      }
    }
    for (const id of [...this.ids.keys()]) {
      if (!wanted.has(id)) {
        this.ids.delete(id);
      }
    }
    wanted.forEach((tile, id) => this.ids.set(id, tile));
  }
}
