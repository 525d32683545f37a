import { ask } from './api/client';
import { PurgeDocument, RestoreDocument, TrashDocument, type Outcome } from './api/generated/graphql';
import { notices } from './design/notices.svelte';
import { words } from './words';

/** The API changes so many at once. */
const AT_ONCE = 500;

type Done = { outcome: Outcome; reason?: string | null };

async function inParts(ids: readonly string[], change: (some: string[]) => Promise<Done[]>): Promise<boolean> {
  try {
    const refused: Done[] = [];
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const done = await change(ids.slice(i, i + AT_ONCE));
      refused.push(...done.filter(({ outcome }) => outcome === 'NOT_POSSIBLE' || outcome === 'FAILED'));
    }
    if (refused.length > 0) {
      notices.tell(words.edit.refused(refused.length, refused[0]!.reason ?? words.trouble.failed));
    }
    return refused.length === 0;
  } catch (failure) {
    notices.failed(failure);
    return false;
  }
}

/** @returns whether all were; what went wrong has been told */
export async function trash(ids: readonly string[], changed: () => void): Promise<boolean> {
  const done = await inParts(ids, async (some) => (await ask(TrashDocument, { ids: some })).trash);
  if (done) {
    notices.tell(words.trash.moved(ids.length), { label: words.trash.undo, run: () => void restore(ids, changed) });
  }
  changed();
  return done;
}

export async function restore(ids: readonly string[], changed: () => void): Promise<boolean> {
  const done = await inParts(ids, async (some) => (await ask(RestoreDocument, { ids: some })).restore);
  if (done) {
    notices.tell(words.trash.restored(ids.length), { label: words.trash.undo, run: () => void trash(ids, changed) });
  }
  changed();
  return done;
}

/** They are gone from the library as soon as the store has told that they are. */
export async function purge(ids: readonly string[]): Promise<boolean> {
  const done = await inParts(ids, async (some) => (await ask(PurgeDocument, { ids: some })).purge);
  if (done) {
    notices.tell(words.trash.purged(ids.length));
  }
  return done;
}
