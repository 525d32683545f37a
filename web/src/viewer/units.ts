import { locale } from '../words';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** As people say it: 3.4 MB. */
export function bytes(count: number): string {
  const power = Math.min(UNITS.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power]!,
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  }).format(value);
}

/** Degrees to some metres: 43.7102° N, 7.2620° E. */
export function coordinates(latitude: number, longitude: number): string {
  const degrees = new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  const east = locale.startsWith('de') ? 'O' : 'E';
  return (
    `${degrees.format(Math.abs(latitude))}° ${latitude < 0 ? 'S' : 'N'}, ` +
    `${degrees.format(Math.abs(longitude))}° ${longitude < 0 ? 'W' : east}`
  );
}

type Exposure = {
  seconds?: number | null;
  fNumber?: number | null;
  focalLength?: number | null;
  iso?: number | null;
};

/** 1/250 s · ƒ/1.8 · 26 mm · ISO 100 */
export function exposure({ seconds, fNumber, focalLength, iso }: Exposure): string {
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });
  return [
    seconds ? `${seconds < 0.4 ? `1/${Math.round(1 / seconds)}` : number(seconds)} s` : '',
    fNumber ? `ƒ/${number(fNumber)}` : '',
    focalLength ? `${number(focalLength)} mm` : '',
    iso ? `ISO ${iso}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
