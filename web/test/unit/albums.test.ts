import { expect, test } from 'vitest';
import { moved, step } from '../../src/albums/order';
import { queryOf, ruleOf } from '../../src/albums/rule';
import { NO_QUERY } from '../../src/route.svelte';

const all = [...'abcdef'].map((id) => ({ id }));
const put = (ids: string, before?: string) => moved(all, new Set(ids), before).map(({ id }) => id).join('');

test('pictures are put before another one, in the order that they have', () => {
  expect(put('e', 'b')).toBe('aebcdf');
  expect(put('fa', 'd')).toBe('bcafde');
  expect(put('b')).toBe('acdefb');
});

test('a place that is itself moved means the next that stays', () => {
  expect(put('bc', 'b')).toBe('abcdef');
  expect(put('ce', 'c')).toBe('abcedf');
  expect(put('ef', 'e')).toBe('abcdef');
});

test('what does not move stays the same list', () => {
  expect(moved(all, new Set('c'), 'd')).toBe(all);
  expect(moved(all, new Set('f'), undefined)).toBe(all);
  expect(moved(all, new Set('x'), 'a')).toBe(all);
});

test.each([
  ['c', 'earlier', 'acbdef'],
  ['c', 'later', 'abdcef'],
  ['c', 'first', 'cabdef'],
  ['c', 'last', 'abdefc'],
  ['a', 'earlier', 'abcdef'],
  ['f', 'later', 'abcdef'],
  ['bd', 'earlier', 'bdacef'],
  ['bd', 'later', 'acbdef'],
] as const)('%s goes %s', (ids, where, order) => {
  expect(put(ids, step(all, new Set(ids), where))).toBe(order);
});

test('what is looked for becomes a rule where a rule can say it', () => {
  expect(ruleOf({ ...NO_QUERY, people: ['p1'], labels: ['cat', 'dog'], box: '1,2,3,4' })).toEqual({
    people: ['p1'],
    labels: ['cat', 'dog'],
    box: { south: 1, west: 2, north: 3, east: 4 },
  });
  expect(ruleOf({ ...NO_QUERY, years: [2025, 2024] })).toEqual({
    takenFrom: new Date(2024, 0, 1).toISOString(),
    takenBefore: new Date(2026, 0, 1).toISOString(),
  });
});

test.each([
  ['nothing', NO_QUERY],
  ['words', { ...NO_QUERY, text: 'sea', labels: ['cat'] }],
  ['cameras', { ...NO_QUERY, cameras: ['X'] }],
  ['kinds', { ...NO_QUERY, kinds: ['VIDEO' as const] }],
  ['marks', { ...NO_QUERY, marks: ['favourite' as const] }],
  ['years apart', { ...NO_QUERY, years: [2020, 2022] }],
])('no rule says %s', (_, query) => {
  expect(ruleOf(query)).toBeUndefined();
});

test('what a rule finds is looked for again, where a search can say it', () => {
  const looked = { ...NO_QUERY, people: ['ada'], labels: ['dog'], years: [2024, 2025], box: '1,2,3,4' };
  const rule = ruleOf(looked)!;
  const told = { people: rule.people!, labels: rule.labels!, box: rule.box!, takenFrom: rule.takenFrom!, takenBefore: rule.takenBefore! };
  expect(queryOf(told)).toEqual(looked);
  expect(queryOf({ ...told, box: null, takenFrom: null, takenBefore: null })).toEqual({ ...looked, years: [], box: '' });
  expect(queryOf({ ...told, takenFrom: '2024-05-01T00:00:00Z' })).toBeUndefined();
  expect(queryOf({ ...told, takenBefore: null })).toBeUndefined();
});
