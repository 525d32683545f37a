import { ask } from '../api/client';
import { StackDocument, type StackFragment } from '../api/generated/graphql';
import { notices } from '../design/notices.svelte';
import { edit } from '../edits/edit';

/** What is looked up at the same time. */
const AT_ONCE = 8;

async function stacksOf(ids: readonly string[]): Promise<(StackFragment | undefined)[]> {
  const found: (StackFragment | undefined)[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const answers = await Promise.all(ids.slice(i, i + AT_ONCE).map((id) => ask(StackDocument, { id })));
    found.push(...answers.map(({ asset }) => asset?.stack ?? undefined));
  }
  return found;
}

/** What people put together, without what belongs together by itself. */
const byHand = ({ cover, members }: StackFragment) => {
  const put = members.filter(({ kind }) => kind === 'HAND').map(({ asset }) => asset.id);
  return put.length > 0 ? [cover.id, ...put] : [];
};

/**
 * Puts pictures, and those that are stacked with them by hand, into one stack that the first of them is shown for.
 *
 * @returns whether all were; what went wrong has been told
 */
export async function stack(ids: readonly string[], changed: (ids: readonly string[]) => void): Promise<boolean> {
  try {
    const all = new Set([...ids, ...(await stacksOf(ids)).flatMap((found) => (found ? byHand(found) : []))]);
    return await edit([...all], { stack: ids[0]! }, () => changed([...all]));
  } catch (failure) {
    notices.failed(failure);
    return false;
  }
}

/** Parts the stacks in which pictures are: what people put together first, then what belongs together by itself. */
export async function unstack(ids: readonly string[], changed: (ids: readonly string[]) => void): Promise<boolean> {
  try {
    const stacks = (await stacksOf(ids)).filter((found) => found !== undefined);
    const [made, grown] = [stacks.filter((found) => byHand(found).length > 0), stacks.filter((found) => byHand(found).length === 0)];
    const members = (some: StackFragment[]) => some.flatMap((found) => found.members.map(({ asset }) => asset.id));
    const back = [...new Set([...made.map(({ cover }) => cover.id), ...members(made)])];
    const apart = [...new Set(members(grown))];
    const tell = () => changed([...back, ...apart, ...grown.map(({ cover }) => cover.id)]);
    return (back.length === 0 || (await edit(back, { fromFile: ['STACK'] }, tell))) && (apart.length === 0 || (await edit(apart, { alone: true }, tell)));
  } catch (failure) {
    notices.failed(failure);
    return false;
  }
}
