import type { AlbumRuleInput } from '../api/generated/graphql';
import { boxOf } from '../map/boxes';
import { isEmpty, type Query } from '../route.svelte';

/**
 * What a person looks for as the rule of an album, which gathers what it finds now and later; none where a rule can't say it:
 * words, what is shown, cameras, kinds and marks, and years that don't follow each other.
 */
export function ruleOf(query: Query): AlbumRuleInput | undefined {
  const years = query.years.toSorted((a, b) => a - b);
  const unsaid = query.text.trim() || query.words || query.cameras.length || query.kinds.length || query.marks.length;
  if (isEmpty(query) || unsaid || years.some((year, i) => year !== years[0]! + i)) {
    return undefined;
  }
  return {
    ...(query.people.length && { people: query.people }),
    ...(query.labels.length && { labels: query.labels }),
    ...(query.box && { box: boxOf(query.box)! }),
    ...(years.length && { takenFrom: newYear(years[0]!), takenBefore: newYear(years.at(-1)! + 1) }),
  };
}

/** Where the person is. */
function newYear(year: number): string {
  return new Date(year, 0, 1).toISOString();
}
