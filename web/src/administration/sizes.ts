import { locale } from '../words';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `74 MiB`: as the command line says it. */
export function bytes(n: number): string {
  const power = n > 0 ? Math.min(UNITS.length - 1, Math.floor(Math.log2(n) / 10)) : 0;
  const value = n / 1024 ** power;
  return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 && power > 2 ? 1 : 0 })} ${UNITS[power]}`;
}

/** All numbers in it. */
export function sum(counts: unknown): number {
  if (typeof counts === 'number') {
    return counts;
  }
  return typeof counts === 'object' && counts !== null ? Object.values(counts).reduce<number>((all, one) => all + sum(one), 0) : 0;
}
