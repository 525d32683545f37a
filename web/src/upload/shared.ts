/** Where the service worker leaves files that another app shared with this one, until they are sent. */
export const SHARED = 'memoir-shared';

export type Shared = { place: string; file: File };

/** What was shared and not sent yet. */
export async function shared(): Promise<Shared[]> {
  if (!('caches' in globalThis)) {
    return [];
  }
  const cache = await caches.open(SHARED);
  const places = (await cache.keys()).map((request) => request.url);
  return Promise.all(
    places.map(async (place) => {
      const kept = (await cache.match(place))!;
      const content = await kept.blob();
      const name = decodeURIComponent(kept.headers.get('X-Name') ?? 'shared');
      const lastModified = Number(kept.headers.get('X-Modified')) || Date.now();
      return { place, file: new File([content], name, { type: content.type, lastModified }) };
    }),
  );
}

export async function dropShared(place: string) {
  await (await caches.open(SHARED)).delete(place);
}
