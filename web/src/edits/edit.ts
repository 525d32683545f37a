import { ask } from '../api/client';
import { EditAssetsDocument, UndoEditsDocument, type EditedFragment, type EditInput } from '../api/generated/graphql';
import { notices } from '../design/notices.svelte';
import { words } from '../words';

/** The API changes so many at once. */
const AT_ONCE = 500;

async function inParts(all: readonly string[], change: (some: string[]) => Promise<EditedFragment[]>, changed: () => void, text: (n: number) => string) {
  const results: EditedFragment[] = [];
  let failed: unknown;
  try {
    for (let i = 0; i < all.length; i += AT_ONCE) {
      results.push(...(await change(all.slice(i, i + AT_ONCE))));
    }
  } catch (failure) {
    failed = failure;
  }
  const undo = results.flatMap((result) => result.undo ?? []);
  const refused = results.filter(({ outcome }) => outcome !== 'DONE' && outcome !== 'UNCHANGED');
  if (undo.length > 0) {
    notices.tell(text(undo.length), { label: words.trash.undo, run: () => void takeBack(undo, changed) });
  } else if (refused.length === 0 && !failed) {
    notices.tell(words.edit.unchanged);
  }
  if (refused.length > 0) {
    notices.tell(words.edit.refused(refused.length, refused[0]!.reason ?? words.trouble.failed));
  }
  if (failed) {
    notices.failed(failed);
  }
  if (undo.length > 0) {
    changed();
  }
  return refused.length === 0 && !failed;
}

/** @returns whether all were; what went wrong has been told, and what was done can be taken back */
export function edit(ids: readonly string[], edit: EditInput, changed: () => void): Promise<boolean> {
  return inParts(ids, async (some) => (await ask(EditAssetsDocument, { ids: some, edit })).editAssets, changed, words.edit.done);
}

async function takeBack(undo: readonly string[], changed: () => void): Promise<void> {
  await inParts(undo, async (some) => (await ask(UndoEditsDocument, { undo: some })).undoEdits, changed, () => words.edit.undone);
}
