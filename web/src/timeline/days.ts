import { locale, words } from '../words';

/** A date as people write it on the wall where the picture was taken: 2024-07-14. */
export type Day = string;

const pad = (n: number) => String(n).padStart(2, '0');

/** The day on the clock where it was taken; of what has no date, the day it came, on this clock. */
export function dayOf(shape: { takenAtLocal?: string | null; sortTime: string }): Day {
  if (shape.takenAtLocal) {
    return shape.takenAtLocal.slice(0, 10);
  }
  const came = new Date(shape.sortTime);
  return `${came.getFullYear()}-${pad(came.getMonth() + 1)}-${pad(came.getDate())}`;
}

const thisYear = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' });
const otherYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });

const asDate = (day: Day) => new Date(`${day}T00:00:00Z`);

export function dayName(day: Day, now = new Date()): string {
  const today = dayOf({ sortTime: now.toISOString() });
  const before = dayOf({ sortTime: new Date(now.getTime() - 86_400_000).toISOString() });
  if (day === today) {
    return words.timeline.today;
  }
  if (day === before) {
    return words.timeline.yesterday;
  }
  return (day.slice(0, 4) === today.slice(0, 4) ? thisYear : otherYear).format(asDate(day));
}

export function monthName(time: number): string {
  return month.format(time);
}

/** What the clock showed where it was taken, in words. */
export function momentName(shape: { takenAtLocal?: string | null; sortTime: string }): string {
  return moment.format(new Date(shape.takenAtLocal ? `${shape.takenAtLocal.slice(0, 19)}Z` : shape.sortTime));
}

/** 1:05 or 1:02:03 */
export function lengthName(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}
