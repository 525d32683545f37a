import { expect, test } from 'vitest';
import { about, around, boxOf, EARTH, shownBox, spread, textOf, type Cluster } from '../../src/map/boxes';
import { filterOf, NO_QUERY } from '../../src/route.svelte';

const at = (latitude: number, longitude: number, count = 1): Cluster => ({
  latitude,
  longitude,
  count,
  south: latitude - 1,
  west: longitude - 1,
  north: latitude + 1,
  east: longitude + 1,
});

test('a box stands in an address and is read again, and nonsense is no box', () => {
  const box = { south: -17.5, west: 179.25, north: -17, east: -179.5 };
  expect(boxOf(textOf(box))).toEqual(box);
  for (const nonsense of ['', '1,2,3', '1,2,3,4,5', 'a,b,c,d', '10,0,5,1', '-91,0,0,1', '0,-181,1,1', '0,0,,1']) {
    expect(boxOf(nonsense), nonsense).toBeUndefined();
  }
});

test('a box is part of what is asked for', () => {
  expect(filterOf({ page: 'library', query: { ...NO_QUERY, box: '1,2,3,4' } })).toEqual({ box: { south: 1, west: 2, north: 3, east: 4 } });
});

test('a map that shows the date line or the whole earth shows a box of the earth', () => {
  expect(shownBox(-20, 170, -10, 190)).toEqual({ south: -20, west: 170, north: -10, east: -170 });
  expect(shownBox(-95, -250, 95, 250)).toEqual(EARTH);
  expect(textOf(about(0, 180))).toBe('-0.05,179.95,0.05,-179.95');
});

test('clusters that would lie over each other are drawn as one, and nothing is lost', () => {
  const project = ({ latitude, longitude }: Cluster) => ({ x: longitude * 10, y: latitude * 10 });
  const drawn = spread([at(0, 0, 5), at(0, 3, 90), at(0, 50, 7)], 60, project);
  expect(drawn.map((one) => one.count)).toEqual([95, 7]);
  expect(drawn[0]).toMatchObject({ latitude: 0, longitude: 3, west: -1, east: 4 });
  expect(around([])).toBeUndefined();
});
