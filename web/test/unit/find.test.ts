import { expect, test } from 'vitest';
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
    { page: 'library', photo: 'a/b c', query: { text: 'sea & sky #1', people: ['p/1'], labels: ['a&b', 'c=d'], cameras: ['X-T5'], years: [2023, 2024], kinds: ['VIDEO'], marks: ['archived'], box: '46.5,7,47.5,8.25' } },
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
