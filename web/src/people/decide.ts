import { ask } from '../api/client';
import { UndoDecisionDocument, type DecidedFragment } from '../api/generated/graphql';
import { notices } from '../design/notices.svelte';
import { words } from '../words';
import { known } from './known.svelte';

/**
 * Makes a decision on people and offers to take it back.
 *
 * @param say what became of it
 * @param changed runs after the decision, and after it was taken back
 * @returns whether it was made; what went wrong has been told
 */
export async function decide(make: () => Promise<DecidedFragment>, say: string, changed: () => void): Promise<boolean> {
  return decideAll([make], say, changed);
}

/** Several decisions that are one for the person, without those that prove needless: undone together, the last one first. */
export async function decideAll(
  all: readonly (() => Promise<DecidedFragment | undefined>)[],
  say: string,
  changed: () => void,
): Promise<boolean> {
  const made: string[] = [];
  const undo = { label: words.trash.undo, run: () => void takeBack(made, changed) };
  try {
    for (const make of all) {
      const decided = await make();
      if (decided) {
        made.push(decided.decision);
      }
    }
    notices.tell(say, undo);
    return true;
  } catch (failure) {
    notices.failed(failure);
    if (made.length > 0) {
      notices.tell(say, undo);
    }
    return false;
  } finally {
    known.changed();
    changed();
  }
}

async function takeBack(made: readonly string[], changed: () => void) {
  try {
    for (const decision of made.toReversed()) {
      await ask(UndoDecisionDocument, { decision });
    }
    notices.tell(words.people.undone);
  } catch (failure) {
    notices.failed(failure, () => void takeBack(made, changed));
  } finally {
    known.changed();
    changed();
  }
}
