import type { FacetsQuery, MediaKind } from '../api/generated/graphql';
import type { Mark, Query } from '../route.svelte';
import { words } from '../words';
import type { SavedSearch } from './saved.svelte';

export type Suggestion =
  | { part: 'people' | 'labels' | 'cameras'; value: string; name: string; count: number }
  | { part: 'years'; value: number; name: string; count: number }
  | { part: 'marks'; value: Mark; name: string; count: number }
  | { part: 'kinds'; value: MediaKind; name: string; count: number }
  | { part: 'words'; value: string; name: string; count?: undefined }
  | { part: 'saved'; value: string; name: string; count?: undefined; query: Query };

const MOST = 8;
/** With nothing typed, the most frequent of each. */
const OF_EACH = 3;

const plain = (text: string) => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

function all(facets: FacetsQuery['facets']): Suggestion[][] {
  return [
    // Who has no name can't be looked for by one.
    facets.people.flatMap(({ person, count }): Suggestion[] =>
      person.name ? [{ part: 'people', value: person.id, name: person.name, count }] : [],
    ),
    facets.labels.map(({ value, count }) => ({ part: 'labels', value, name: value, count })),
    facets.years
      .map(({ value, count }): Suggestion => ({ part: 'years', value: Number(value), name: value, count }))
      .sort((a, b) => Number(b.value) - Number(a.value)),
    facets.cameras.map(({ value, count }) => ({ part: 'cameras', value, name: value, count })),
    facets.marks.map(({ value, count }) => ({ part: 'marks', value: value as Mark, name: words.find.mark[value as Mark], count })),
    facets.kinds.map(({ value, count }) => {
      const kind = value.toUpperCase() as MediaKind;
      return { part: 'kinds', value: kind, name: words.find.kind[kind] ?? value, count };
    }),
  ];
}

/**
 * What begins with what was typed, or has a word that does; the most frequent first, before them what was saved.
 *
 * @param byWords whether pictures can be looked for by what they show
 * @param saved searches that are kept
 */
export function suggest(facets: FacetsQuery['facets'], query: Query, byWords = false, saved: readonly SavedSearch[] = []): Suggestion[] {
  const text = query.text.trim();
  const typed = plain(text);
  const open = all(facets).map((kind) => kind.filter((one) => !chosen(query, one)));
  const kept = saved.map(({ id, name, query }): Suggestion => ({ part: 'saved', value: id, name, query }));
  if (!typed) {
    return [kept, ...open].flatMap((kind) => kind.slice(0, OF_EACH)).slice(0, MOST + 4);
  }
  const begins = ({ name }: Suggestion) =>
    plain(name).startsWith(typed) || plain(name).split(/[\s,/-]+/).some((word) => word.startsWith(typed));
  const shown: Suggestion[] = byWords && text !== query.words ? [{ part: 'words', value: text, name: words.find.shows(text) }] : [];
  const found = open.flat().filter(begins).sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  return [...[...kept.filter(begins), ...found].slice(0, MOST), ...shown];
}

export function chosen(query: Query, one: Suggestion): boolean {
  return one.part !== 'words' && one.part !== 'saved' && (query[one.part] as (string | number)[]).includes(one.value);
}

/** The query with a suggestion instead of what was typed. */
export function taken(query: Query, one: Suggestion): Query {
  switch (one.part) {
    case 'saved':
      return one.query;
    case 'words':
      return { ...query, text: '', words: one.value };
    default:
      return { ...query, text: '', [one.part]: [...query[one.part], one.value] };
  }
}

export type Chip = { part: keyof Query; value: string | number; name: string };

/** A query's filters; words stay in the field. */
export function chips(query: Query, nameOf: (person: string) => string): Chip[] {
  return [
    ...(query.words ? [{ part: 'words', value: query.words, name: words.find.shows(query.words) } satisfies Chip] : []),
    ...query.people.map((value): Chip => ({ part: 'people', value, name: nameOf(value) })),
    ...query.labels.map((value): Chip => ({ part: 'labels', value, name: value })),
    ...query.years.map((value): Chip => ({ part: 'years', value, name: String(value) })),
    ...query.cameras.map((value): Chip => ({ part: 'cameras', value, name: value })),
    ...query.marks.map((value): Chip => ({ part: 'marks', value, name: words.find.mark[value] })),
    ...query.kinds.map((value): Chip => ({ part: 'kinds', value, name: words.find.kind[value] })),
    ...(query.box ? [{ part: 'box', value: query.box, name: words.map.here } satisfies Chip] : []),
  ];
}

export function without(query: Query, { part, value }: Chip): Query {
  return part === 'text' || part === 'words' || part === 'box'
    ? { ...query, [part]: '' }
    : { ...query, [part]: (query[part] as (string | number)[]).filter((one) => one !== value) };
}
