import { de } from './de';
import { en, type Words } from './en';

const languages: Record<string, Words> = { en, de };

/** The first of the person's languages that there are words in; the browser's list is in the order of preference. */
export function preferred(wanted: readonly string[]): string {
  return wanted.map((tag) => tag.split('-')[0] ?? '').find((language) => language in languages) ?? 'en';
}

/** Some systems make up tags such as en-US@posix, which the browser itself refuses. */
export function valid(tags: readonly string[]): string[] {
  return tags.filter((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length > 0;
    } catch {
      return false;
    }
  });
}

const wanted = valid(typeof navigator === 'undefined' ? [] : navigator.languages);

export const language = preferred(wanted);

/** Dates and numbers as the person is used to, if it is the same language; otherwise as that language writes them. */
export const locale = wanted.find((tag) => tag.startsWith(language)) ?? language;

export const words: Words = languages[language] ?? en;
