import { ask } from './api/client';
import { RestoreDocument, TrashDocument, type Outcome } from './api/generated/graphql';
import { notices } from './design/notices.svelte';
import { words } from './words';

/** The API changes so many at once. */
const AT_ONCE = 500;

async function inParts(ids: readonly string[], change: (some: string[]) => Promise<{ outcome: Outcome }[]>): Promise<boolean> {
  try {
    let refused = 0;
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const outcomes = await change(ids.slice(i, i + AT_ONCE));
      refused += outcomes.filter(({ outcome }) => outcome === 'NOT_POSSIBLE').length;
    }
    if (refused > 0) {
      notices.tell(words.trash.notAllowed(refused));
    }
    return refused === 0;
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
