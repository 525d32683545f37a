import type { Pictures } from './pictures';
import type { Tile } from './timeline.svelte';

/** Pictures in an order of their own, all of which are in memory. */
export abstract class Listed implements Pictures {
  all = $state.raw<readonly Tile[]>([]);
  /** Counts up whenever they have come, gone or changed. */
  version = $state(0);
  state = $state<'loading' | 'there' | 'failed'>('loading');
  failure = $state.raw<unknown>();

  readonly #stop = new AbortController();

  /** Reads them, in their order. */
  protected abstract read(): Promise<readonly Tile[]>;

  protected get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get count(): number {
    return this.all.length;
  }

  async open(ready?: Promise<unknown>) {
    await ready;
    await this.refresh();
  }

  async refresh() {
    try {
      this.all = await this.read();
      this.state = 'there';
      this.failure = undefined;
      this.version++;
    } catch (failure) {
      if (!this.signal.aborted) {
        this.failure = failure;
        if (this.state === 'loading') {
          this.state = 'failed';
        }
      }
    }
  }

  changed(_ids: readonly string[]): Promise<void> {
    return this.refresh();
  }

  peek(index: number): Tile | undefined {
    return this.all[index];
  }

  async at(index: number): Promise<Tile | undefined> {
    return this.all[index];
  }

  async find(id: string): Promise<number | undefined> {
    const index = this.all.findIndex((tile) => tile.id === id);
    return index < 0 ? undefined : index;
  }

  close() {
    this.#stop.abort();
  }
}
