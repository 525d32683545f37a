import type { TileFragment, TimelineQuery } from '../api/generated/graphql';

type Seen = { buckets: TimelineQuery['timeline']; tiles: TileFragment[] };

const CACHE = 'memoir-last-seen';
const PLACE = '/last-seen.json';

/** Whether anybody is there to keep something for: what still comes in for somebody who has left must not be kept. */
let somebody = true;

export function keepFromNowOn() {
  somebody = true;
}

/** Everything a browser keeps of a library goes with the person who signs out. */
export async function forgetAll() {
  somebody = false;
  localStorage.removeItem('memoir.tags');
  if ('caches' in globalThis) {
    await Promise.all(['memoir-last-seen', 'memoir-thumbnails', 'memoir-shared'].map((name) => caches.delete(name)));
  }
}

/**
 * The library as it was seen last, kept by the browser, so that something is there before the server has woken up. Only
 * pages that came by HTTPS, or from this machine, have such a cache.
 */
export const lastSeen = {
  async read(): Promise<Seen | undefined> {
    if (!('caches' in globalThis)) {
      return undefined;
    }
    try {
      const kept = await (await caches.open(CACHE)).match(PLACE);
      return kept ? ((await kept.json()) as Seen) : undefined;
    } catch {
      return undefined;
    }
  },

  async write(buckets: Seen['buckets'], tiles: Seen['tiles']) {
    if (!somebody || !('caches' in globalThis)) {
      return;
    }
    try {
      const kept = new Response(JSON.stringify({ buckets, tiles }), { headers: { 'Content-Type': 'application/json' } });
      await (await caches.open(CACHE)).put(PLACE, kept);
      if (!somebody) {
        await forgetAll();
      }
    } catch {
      // A full disk or a private window: then nothing is kept.
    }
  },
};
