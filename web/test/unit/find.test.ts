import { expect, test } from 'vitest';
import { ruleOf } from '../../src/albums/rule';
import type { SavedSearchFragment } from '../../src/api/generated/graphql';
import { queryOf } from '../../src/find/saved.svelte';
import { chips, suggest, taken, without } from '../../src/find/suggest';
import { address, filterOf, NO_QUERY, parse, type Place } from '../../src/route.svelte';

const facets = {
  complete: true,
  labels: [
    { value: 'seashore', count: 90 },
    { value: 'sea lion', count: 12 },
    { value: 'São Paulo', count: 3 },
  ],
  cameras: [{ value: 'Apple iPhone 15', count: 70 }],
  people: [
    { count: 40, person: { id: 'p1', name: 'Seán' } },
    { count: 50, person: { id: 'p2', name: null } },
  ],
  kinds: [{ value: 'video', count: 8 }],
  marks: [{ value: 'favourite', count: 3 }],
  years: [
    { value: '2023', count: 500 },
    { value: '2024', count: 20 },
  ],
};

test('what was typed finds what begins with it, or has a word that does, the most frequent first', () => {
  const names = (text: string) => suggest(facets, { ...NO_QUERY, text }).map((one) => one.name);
  expect(names('sea')).toEqual(['seashore', 'Seán', 'sea lion']);
  expect(names('iph')).toEqual(['Apple iPhone 15']);
  expect(names('sao')).toEqual(['São Paulo']);
  expect(names('202')).toEqual(['2023', '2024']);
  expect(names('zebra')).toEqual([]);
});

test('a suggestion that is taken becomes a chip and is not suggested again', () => {
  const query = taken({ ...NO_QUERY, text: 'sea' }, suggest(facets, { ...NO_QUERY, text: 'sea' })[0]!);
  expect(query).toEqual({ ...NO_QUERY, labels: ['seashore'] });
  expect(suggest(facets, { ...query, text: 'sea' }).map((one) => one.name)).toEqual(['Seán', 'sea lion']);
  expect(without(query, chips(query, String)[0]!)).toEqual(NO_QUERY);
});

test('with a model for it, what pictures show is suggested last, and becomes a chip beside the others', () => {
  const query = { ...NO_QUERY, text: ' sea at dusk ', years: [2023] };
  expect(suggest(facets, query)).toEqual([]);
  const [last] = suggest(facets, query, true);
  expect(last).toEqual({ part: 'words', value: 'sea at dusk', name: 'Pictures that show: sea at dusk' });
  expect(suggest(facets, { ...query, text: 'sea' }, true).map((one) => one.part)).toEqual(['labels', 'people', 'labels', 'words']);
  expect(suggest(facets, NO_QUERY, true).some((one) => one.part === 'words')).toBe(false);
  const looked = taken(query, last!);
  expect(looked).toEqual({ ...NO_QUERY, words: 'sea at dusk', years: [2023] });
  expect(filterOf({ page: 'library', query: looked })).toEqual({ years: [2023] });
  expect(suggest(facets, { ...looked, text: 'sea at dusk' }, true)).toEqual([]);
  expect(chips(looked, String).map((chip) => chip.name)).toEqual(['Pictures that show: sea at dusk', '2023']);
  expect(without(looked, chips(looked, String)[0]!)).toEqual({ ...NO_QUERY, years: [2023] });
  expect(ruleOf(looked)).toBeUndefined();
});

test('a saved search asks for the same again, and is suggested before everything else', () => {
  const query = { ...NO_QUERY, text: 'img', words: 'a red ball', people: ['p1'], labels: ['sea'], cameras: ['X-T5'], years: [2023], kinds: ['IMAGE' as const], marks: ['favourite' as const], box: '46.5,7,47.5,8.25' };
  const nothing = { text: null, takenFrom: null, takenBefore: null, box: null, favourite: null, archived: null, people: [], labels: [], cameras: [], years: [], kinds: [], ratings: [] };
  const kept = { id: 's1', name: 'Balls', words: query.words, filter: { ...nothing, ...filterOf({ page: 'library', query }) } as SavedSearchFragment['filter'] };
  expect(queryOf(kept)).toEqual(query);
  expect(queryOf({ ...kept, filter: { ...kept.filter, ratings: [5] } }), 'what this page cannot say').toBeUndefined();
  const saved = [{ id: 's1', name: 'Balls at the sea', query }];
  expect(suggest(facets, { ...NO_QUERY, text: 'sea' }, false, saved).map((one) => one.name)).toEqual(['Balls at the sea', 'seashore', 'Seán', 'sea lion']);
  expect(taken({ ...NO_QUERY, text: 'sea', years: [2024] }, suggest(facets, NO_QUERY, false, saved)[0]!)).toEqual(query);
});

test('a map has no order, so its address has no words for one', () => {
  expect(parse('#/map/?shows=sea').query).toEqual(NO_QUERY);
  expect(parse(`#/?shows=${'x'.repeat(300)}`).query.words).toHaveLength(200);
});

test('people are found by name, and a chip shows it in place of the id that the address has', () => {
  const query = taken({ ...NO_QUERY, text: 'sean' }, suggest(facets, { ...NO_QUERY, text: 'sean' })[0]!);
  expect(filterOf({ page: 'library', query })).toEqual({ people: ['p1'] });
  expect(chips(query, (id) => ({ p1: 'Seán' })[id] ?? '').map((chip) => chip.name)).toEqual(['Seán']);
});

test('every place has an address that leads back to it', () => {
  const places: Place[] = [
    { page: 'library', query: NO_QUERY },
    { page: 'trash', query: NO_QUERY },
    { page: 'people', query: NO_QUERY },
    { page: 'hidden', query: NO_QUERY },
    { page: 'same', query: NO_QUERY },
    { page: 'albums', query: NO_QUERY },
    { page: 'links', query: NO_QUERY },
    { page: 'album', album: 'photo', query: NO_QUERY },
    { page: 'album', album: 'a/1', photo: 'b 2', query: NO_QUERY },
    { page: 'library', photo: 'a/b c', query: { text: 'sea & sky #1', words: 'a red ball & a dog', people: ['p/1'], labels: ['a&b', 'c=d'], cameras: ['X-T5'], years: [2023, 2024], kinds: ['VIDEO'], marks: ['archived'], box: '46.5,7,47.5,8.25' } },
    { page: 'map', query: { ...NO_QUERY, text: 'sea', box: '-20,170,-10,-170' } },
    { page: 'trash', photo: '1', query: NO_QUERY },
  ];
  for (const place of places) {
    expect(parse(address(place))).toEqual(place);
  }
});

test('an address that somebody made up asks for nothing that the API would refuse', () => {
  const { query } = parse('#/?year=abc&kind=ALIEN&kind=IMAGE');
  expect(filterOf({ page: 'library', query })).toEqual({ kinds: ['IMAGE'] });
  expect(filterOf({ page: 'library', query: { ...NO_QUERY, text: 'x'.repeat(300) } }).text).toHaveLength(200);
});
