import type { AlbumFragment, AlbumRuleInput } from '../api/generated/graphql';
import { boxOf, textOf } from '../map/boxes';
import { isEmpty, NO_QUERY, type Query } from '../route.svelte';

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

/** What one looks for to see what a rule finds; none where a search can't say it: times that are no whole years. */
export function queryOf({ people, labels, box, takenFrom, takenBefore }: NonNullable<AlbumFragment['rule']>): Query | undefined {
  const query = { ...NO_QUERY, people, labels, box: box ? textOf(box) : '' };
  if (!takenFrom && !takenBefore) {
    return query;
  }
  const first = takenFrom ? new Date(takenFrom).getFullYear() : NaN;
  const next = takenBefore ? new Date(takenBefore).getFullYear() : NaN;
  const whole = next > first && takenFrom && takenBefore && sameTime(newYear(first), takenFrom) && sameTime(newYear(next), takenBefore);
  return whole ? { ...query, years: Array.from({ length: next - first }, (_, i) => first + i) } : undefined;
}

const sameTime = (one: string, other: string) => Date.parse(one) === Date.parse(other);

/** Where the person is. */
function newYear(year: number): string {
  return new Date(year, 0, 1).toISOString();
}
