import { expect, test } from 'vitest';
import { editOf, editOfMany, formOf, goodOffset, goodPlace, tagsOf, type Many, type Said } from '../../src/edits/form';
import { filterOf, NO_QUERY } from '../../src/route.svelte';
import { justify, ratio } from '../../src/timeline/justify';

const asset: Said = {
  title: 'Evening',
  description: null,
  tags: ['sea', 'a, b'],
  rating: 4,
  favourite: false,
  archived: false,
  takenAtLocal: '2024-07-14T18:30:05.123',
  takenAtOffset: 'Z',
  latitude: 43.7102,
  longitude: -7.25,
};

const nothing: Many = {
  addTags: '',
  removeTags: ' , ',
  rating: null,
  favourite: null,
  archived: null,
  days: null,
  hours: null,
  minutes: null,
  offset: '',
};

test('a form that nobody touched edits nothing', () => {
  expect(editOf(formOf(asset), asset)).toEqual({});
  expect(editOfMany(nothing)).toEqual({});
});

test('only what was changed is said', () => {
  const form = { ...formOf(asset), title: '', rating: 0, favourite: true };
  expect(editOf(form, asset)).toEqual({ title: '', rating: 0, favourite: true });
});

test('a time goes with its zone, and a zone that is taken away is not known', () => {
  expect(formOf(asset)).toMatchObject({ local: '2024-07-14T18:30:05', offset: '+00:00' });
  expect(editOf({ ...formOf(asset), offset: '' }, asset)).toEqual({ takenAt: { local: '2024-07-14T18:30:05', offset: null } });
  expect(editOf({ ...formOf(asset), local: '2024-07-14T19:00' }, asset)).toEqual({ takenAt: { local: '2024-07-14T19:00:00', offset: '+00:00' } });
});

test('a place is written with a point or a comma, and none takes it away', () => {
  expect(editOf({ ...formOf(asset), latitude: '1,5', longitude: '2.5' }, asset)).toEqual({ place: { latitude: 1.5, longitude: 2.5 } });
  expect(editOf({ ...formOf(asset), latitude: '', longitude: '' }, asset)).toEqual({ noPlace: true });
});

test('what can’t be a place or a zone is told before it is sent', () => {
  expect([goodPlace('', ''), goodPlace('90', '-180'), goodPlace('1', ''), goodPlace('91', '0'), goodPlace('north', '0')]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([goodOffset(''), goodOffset('+05:45'), goodOffset('2'), goodOffset('+2:00')]).toEqual([true, true, false, false]);
});

test('commas part tags, but for one that holds a comma', () => {
  expect(tagsOf(' sea,  "a, b" ,sea,, ')).toEqual(['sea', 'a, b']);
  expect(editOf({ ...formOf(asset), tags: formOf(asset).tags + ', new' }, asset)).toEqual({ tags: ['sea', 'a, b', 'new'] });
});

test('many are changed by what was chosen alone, and their times move by days, hours and minutes', () => {
  expect(editOfMany({ ...nothing, addTags: 'x', rating: 0, archived: true })).toEqual({ addTags: ['x'], rating: 0, archived: true });
  expect(editOfMany({ ...nothing, days: -1, hours: 2, minutes: 3 })).toEqual({ shift: { seconds: -86400 + 7200 + 180, offset: null } });
  expect(editOfMany({ ...nothing, offset: '+02:00' })).toEqual({ shift: { seconds: 0, offset: '+02:00' } });
});

test('what is archived stands in no timeline and is found by who looks for it', () => {
  expect(filterOf({ page: 'library', query: NO_QUERY })).toEqual({ archived: false });
  expect(filterOf({ page: 'library', query: { ...NO_QUERY, marks: ['archived', 'favourite'] } })).toEqual({ archived: true, favourite: true });
  expect(filterOf({ page: 'library', query: { ...NO_QUERY, text: 'sea' } })).toEqual({ text: 'sea' });
  expect(filterOf({ page: 'trash', query: NO_QUERY })).toEqual({ trashed: true });
});

test('a picture that is turned by a quarter is laid out the other way round', () => {
  const picture = { width: 400, height: 200, sortTime: '2024-01-01T00:00:00Z' };
  expect([0, 90, 180, 270].map((rotation) => ratio({ ...picture, rotation }))).toEqual([2, 0.5, 2, 0.5]);
  const { boxes } = justify([{ ...picture, rotation: 90 }], { width: 1000, row: 200, gap: 4, heading: 20 });
  expect(boxes[0]).toMatchObject({ width: 100, height: 200 });
});
