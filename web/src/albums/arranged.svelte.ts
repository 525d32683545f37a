import { ask } from '../api/client';
import { AlbumTilesDocument, MoveInAlbumDocument, type AlbumTilesQuery } from '../api/generated/graphql';
import { notices } from '../design/notices.svelte';
import { Listed } from '../timeline/listed.svelte';
import type { Tile } from '../timeline/timeline.svelte';
import { firstStaying, moved } from './order';

const PAGE = 500;

/** The pictures of an album in the order that somebody put them in. */
export class Arranged extends Listed {
  /** One move after the other: each says what it means by where the others are. */
  #queue: Promise<void> = Promise.resolve();

  constructor(readonly album: string) {
    super();
  }

  protected async read(): Promise<readonly Tile[]> {
    const all: Tile[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { album }: AlbumTilesQuery = await ask(AlbumTilesDocument, { id: this.album, first: PAGE, after }, this.signal);
      all.push(...(album?.assets.edges.map(({ node }) => node) ?? []));
      after = album?.assets.pageInfo.endCursor ?? null;
      more = album?.assets.pageInfo.hasNextPage ?? false;
    }
    return all;
  }

  /**
   * Puts pictures before another one, in the order that they have, and shows that at once.
   *
   * @param before none: at the end
   * @returns whether it is kept
   */
  async move(ids: ReadonlySet<string>, before: string | undefined): Promise<boolean> {
    const old = this.all;
    const next = moved(old, ids, before);
    if (next === old) {
      return true;
    }
    this.all = next;
    this.version++;
    const assets = next.filter(({ id }) => ids.has(id)).map(({ id }) => id);
    const target = firstStaying(old, ids, before) ?? null;
    let kept = false;
    const keep = async () => {
      try {
        for (let i = 0; i < assets.length; i += PAGE) {
          await ask(MoveInAlbumDocument, { id: this.album, assets: assets.slice(i, i + PAGE), before: target });
        }
        kept = true;
      } catch (failure) {
        notices.failed(failure);
        await this.refresh();
      }
    };
    await (this.#queue = this.#queue.then(keep));
    return kept;
  }
}
