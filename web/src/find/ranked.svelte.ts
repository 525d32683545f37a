import { ask } from '../api/client';
import { SearchDocument, type AssetFilter } from '../api/generated/graphql';
import { notices } from '../design/notices.svelte';
import { Listed } from '../timeline/listed.svelte';
import type { Tile } from '../timeline/timeline.svelte';

const PAGE = 200;
/** So many before the last one that is there, more are read. */
const AHEAD = 20;

/** Pictures in the order of how well they show what words say. All of a library come in the end, so only the first are read. */
export class Ranked extends Listed {
  /** Whether there are others, which fit less well. */
  more = $state(false);

  #after: string | null = null;
  #reading: Promise<void> | undefined;

  constructor(
    readonly words: string,
    readonly filter: AssetFilter,
  ) {
    super();
  }

  /** As many as were there. */
  protected async read(): Promise<readonly Tile[]> {
    const tiles: Tile[] = [];
    const wanted = Math.max(PAGE, this.all.length);
    this.#after = null;
    do {
      tiles.push(...(await this.#page()));
    } while (this.more && tiles.length < wanted);
    return tiles;
  }

  async #page(): Promise<Tile[]> {
    const { search } = await ask(
      SearchDocument,
      { words: this.words, filter: this.filter, first: PAGE, after: this.#after },
      this.signal,
    );
    this.#after = search.pageInfo.endCursor ?? null;
    this.more = search.pageInfo.hasNextPage;
    return search.edges.map(({ node }) => node);
  }

  /** Reads on. */
  next(): Promise<void> {
    this.#reading ??= this.#page()
      .then(
        (tiles) => {
          this.all = [...this.all, ...tiles];
          this.version++;
        },
        (failure: unknown) => {
          if (!this.signal.aborted) {
            notices.failed(failure);
          }
        },
      )
      .then(() => (this.#reading = undefined));
    return this.#reading;
  }

  override async at(index: number): Promise<Tile | undefined> {
    if (this.more && index >= this.all.length - AHEAD) {
      void this.next();
    }
    return super.at(index);
  }

  /** What is not among them does not change them: how near it is, only another search says. */
  override async changed(ids: readonly string[]) {
    if (this.all.some(({ id }) => ids.includes(id))) {
      await this.refresh();
    }
  }
}
