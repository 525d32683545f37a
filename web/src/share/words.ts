const en = {
  pictures: 'Pictures',
  shared: 'Shared pictures',
  opening: 'Opening …',
  password: 'Password',
  passwordWhy: 'Whoever shared these pictures protects them by a password.',
  enter: 'Show the pictures',
  wrong: 'That is not the password.',
  wait: (seconds: number) => `Too many attempts. Try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`,
  ended: 'This link has ended',
  endedWhy: 'Its time is over, or it was ended. Ask whoever gave it to you for a new one.',
  failed: 'That did not work.',
  again: 'Try again',
  empty: 'There are no pictures here.',
  picture: (n: number) => `Picture ${n}`,
  film: (n: number) => `Film ${n}`,
  previous: 'Previous picture',
  next: 'Next picture',
  close: 'Close',
  download: 'Download',
  place: 'Show the place on a map',
  still: 'Only a picture of this film is shared.',
};

export type Words = typeof en;

const de: Words = {
  pictures: 'Bilder',
  shared: 'Geteilte Bilder',
  opening: 'Wird geöffnet …',
  password: 'Passwort',
  passwordWhy: 'Wer diese Bilder teilt, schützt sie durch ein Passwort.',
  enter: 'Bilder zeigen',
  wrong: 'Das ist nicht das Passwort.',
  wait: (seconds) => `Zu viele Versuche. In ${seconds === 1 ? 'einer Sekunde' : `${seconds} Sekunden`} geht es wieder.`,
  ended: 'Dieser Link gilt nicht mehr',
  endedWhy: 'Seine Zeit ist um, oder er wurde beendet. Wer ihn dir gab, kann dir einen neuen geben.',
  failed: 'Das hat nicht geklappt.',
  again: 'Noch einmal',
  empty: 'Hier sind keine Bilder.',
  picture: (n) => `Bild ${n}`,
  film: (n) => `Film ${n}`,
  previous: 'Voriges Bild',
  next: 'Nächstes Bild',
  close: 'Schließen',
  download: 'Herunterladen',
  place: 'Den Ort auf einer Karte zeigen',
  still: 'Von diesem Film wird nur ein Bild geteilt.',
};

export const all = { en, de };

const wanted = typeof navigator === 'undefined' ? [] : navigator.languages;

export const language = wanted.map((tag) => tag.split('-')[0]).find((tag): tag is 'en' | 'de' => tag === 'en' || tag === 'de') ?? 'en';

export const words: Words = all[language];

/** What the clock showed where it was taken. */
export function moment(local: string): string {
  const locale = wanted.find((tag) => tag.startsWith(language)) ?? language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`${local.slice(0, 19)}Z`));
}
