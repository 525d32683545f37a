import { expect, test } from 'vitest';
import { de as officeDe } from '../../src/administration/words.de';
import { en as officeEn } from '../../src/administration/words.en';
import { de as albumsDe } from '../../src/albums/words.de';
import { en as albumsEn } from '../../src/albums/words.en';
import { preferred, valid } from '../../src/words';
import { de } from '../../src/words/de';
import { en } from '../../src/words/en';

type Tree = { [key: string]: string | ((...given: never[]) => string) | Tree };

function leaves(tree: Tree, path = ''): Map<string, string | ((...given: never[]) => string)> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'object' ? [...leaves(value, `${path}${key}.`)] : [[`${path}${key}`, value] as const],
    ),
  );
}

test('every message is there in every language, and none is empty', () => {
  const [english, german] = [leaves(en as Tree), leaves(de as Tree)];
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [name, message] of [...english, ...german]) {
    expect(typeof message === 'string' ? message.trim() : message.length, name).not.toBe('');
  }
});

test('German is not English', () => {
  const [english, german] = [leaves(en as Tree), leaves(de as Tree)];
  const same = [...english].filter(([name, message]) => typeof message === 'string' && german.get(name) === message);
  expect(same.map(([name]) => name)).toEqual(['session.name', 'passkeys.title', 'passkeys.unnamed', 'timeline.video', 'find.people', 'find.kind.VIDEO']);
});

test.each([
  ['the administration', officeEn, officeDe],
  ['albums and sharing', albumsEn, albumsDe],
])('the words of %s are there in both languages, and are not the same', (_, en, de) => {
  const [english, german] = [leaves(en as unknown as Tree), leaves(de as unknown as Tree)];
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [name, message] of [...english, ...german]) {
    expect(typeof message === 'string' ? message.trim() : message.length, name).not.toBe('');
  }
  expect([...english].filter(([name, message]) => typeof message === 'string' && german.get(name) === message)).toEqual([]);
});

test('a number makes one picture or several', () => {
  expect([en.timeline.count(1), en.timeline.count(1200)]).toEqual(['1 picture', '1,200 pictures']);
  expect([de.timeline.count(1), de.timeline.count(1200)]).toEqual(['1 Bild', '1.200 Bilder']);
});

test('the language is the first that the person wants and that there is', () => {
  expect(preferred(['fr-CH', 'de-CH', 'en'])).toBe('de');
  expect(preferred(['fr'])).toBe('en');
});

test('a language tag that a system made up is passed over', () => {
  expect(valid(['en-US@posix', 'de-AT'])).toEqual(['de-AT']);
});
