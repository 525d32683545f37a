import { ask } from '../api/client';
import { AddToAlbumDocument, RemoveFromAlbumDocument, UpdateAlbumDocument, type Outcome } from '../api/generated/graphql';
import { notices } from '../design/notices.svelte';
import { said } from './words';

/** The API changes so many at once. */
const AT_ONCE = 500;

type Result = { id: string; outcome: Outcome; reason?: string | null };

async function inParts(ids: readonly string[], change: (some: string[]) => Promise<Result[]>): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    results.push(...(await change(ids.slice(i, i + AT_ONCE))));
  }
  const refused = results.filter(({ outcome }) => outcome !== 'DONE' && outcome !== 'UNCHANGED');
  if (refused.length > 0) {
    notices.tell(said.refused(refused.length, refused[0]!.reason ?? ''));
  }
  return results.filter(({ outcome }) => outcome === 'DONE');
}

/** @returns whether they are in it now; what went wrong has been told, and what was done can be taken back */
export async function addTo(album: { id: string; name: string }, ids: readonly string[], changed: () => void = () => undefined): Promise<boolean> {
  try {
    const add = async (assets: string[]) => (await ask(AddToAlbumDocument, { id: album.id, assets })).addToAlbum;
    const done = await inParts(ids, add);
    if (done.length > 0) {
      const taken = done.map(({ id }) => id);
      notices.tell(said.added(done.length, album.name), { label: said.undo, run: () => void takeOut(album, taken, changed) });
    } else {
      notices.tell(said.there);
    }
    changed();
    return true;
  } catch (failure) {
    notices.failed(failure);
    return false;
  }
}

export async function takeOut(album: { id: string; name: string }, ids: readonly string[], changed: () => void): Promise<boolean> {
  try {
    const remove = async (assets: string[]) => (await ask(RemoveFromAlbumDocument, { id: album.id, assets })).removeFromAlbum;
    const done = await inParts(ids, remove);
    if (done.length > 0) {
      const back = done.map(({ id }) => id);
      notices.tell(said.takenOut(done.length), { label: said.undo, run: () => void addTo(album, back, changed) });
    }
    changed();
    return true;
  } catch (failure) {
    notices.failed(failure);
    return false;
  }
}

export async function showBy(album: string, cover: string, changed: () => void) {
  try {
    await ask(UpdateAlbumDocument, { id: album, album: { cover } });
    notices.tell(said.covered);
    changed();
  } catch (failure) {
    notices.failed(failure);
  }
}
