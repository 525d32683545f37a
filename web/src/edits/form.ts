import type { AssetQuery, EditInput } from '../api/generated/graphql';

type Asset = NonNullable<AssetQuery['asset']>;

/** What a person writes about one picture; all of it text, as in the fields. */
export type Form = {
  title: string;
  description: string;
  tags: string;
  rating: number;
  favourite: boolean;
  archived: boolean;
  local: string;
  offset: string;
  latitude: string;
  longitude: string;
};

export type Said = Pick<
  Asset,
  'title' | 'description' | 'tags' | 'rating' | 'favourite' | 'archived' | 'takenAtLocal' | 'takenAtOffset' | 'latitude' | 'longitude'
>;

/** Commas part tags, but for those that hold one themselves. */
export function tagsOf(text: string): string[] {
  const tags = [...text.matchAll(/"([^"]*)"|[^,"]+/g)].map((match) => (match[1] ?? match[0]).trim());
  return [...new Set(tags.filter(Boolean))];
}

const tagsText = (tags: readonly string[]) => tags.map((tag) => (tag.includes(',') ? `"${tag}"` : tag)).join(', ');

/** To the second: fields for dates know no more. */
const seconds = (local: string | null | undefined) => (local ? (local.length === 16 ? `${local}:00` : local.slice(0, 19)) : '');

const numeral = (value: number | null | undefined) => (value == null ? '' : String(Math.round(value * 1e6) / 1e6));

export function formOf(asset: Said): Form {
  return {
    title: asset.title ?? '',
    description: asset.description ?? '',
    tags: tagsText(asset.tags),
    rating: asset.rating ?? 0,
    favourite: asset.favourite,
    archived: asset.archived,
    local: seconds(asset.takenAtLocal),
    offset: asset.takenAtOffset === 'Z' ? '+00:00' : (asset.takenAtOffset ?? ''),
    latitude: numeral(asset.latitude),
    longitude: numeral(asset.longitude),
  };
}

export const goodOffset = (offset: string) => offset.trim() === '' || /^[+-](0\d|1[0-8]):[0-5]\d$/.test(offset.trim());

/** Both or neither, within the earth. */
export function goodPlace(latitude: string, longitude: string): boolean {
  const [north, east] = [latitude.trim(), longitude.trim()];
  if (!north || !east) {
    return !north && !east;
  }
  return Math.abs(number(north)) <= 90 && Math.abs(number(east)) <= 180;
}

/** People write decimal commas, too. */
const number = (text: string) => Number(text.trim().replace(',', '.'));

/** Only what differs from what was there: another's edit meanwhile of something else stays. */
export function editOf(form: Form, asset: Said): EditInput {
  const before = formOf(asset);
  const differs = (...fields: (keyof Form)[]) => fields.some((field) => form[field] !== before[field]);
  return {
    ...(differs('title') && { title: form.title }),
    ...(differs('description') && { description: form.description }),
    ...(differs('tags') && { tags: tagsOf(form.tags) }),
    ...(differs('rating') && { rating: form.rating }),
    ...(differs('favourite') && { favourite: form.favourite }),
    ...(differs('archived') && { archived: form.archived }),
    ...(differs('local', 'offset') && form.local && { takenAt: { local: seconds(form.local), offset: form.offset.trim() || null } }),
    ...(differs('latitude', 'longitude') &&
      (form.latitude.trim()
        ? { place: { latitude: number(form.latitude), longitude: number(form.longitude) } }
        : { noPlace: true })),
  };
}

/** What a person writes about many; empty and null leave as it is. */
export type Many = {
  addTags: string;
  removeTags: string;
  rating: number | null;
  favourite: boolean | null;
  archived: boolean | null;
  days: number | null;
  hours: number | null;
  minutes: number | null;
  offset: string;
};

export function editOfMany(form: Many): EditInput {
  const [add, remove] = [tagsOf(form.addTags), tagsOf(form.removeTags)];
  const shift = (((form.days ?? 0) * 24 + (form.hours ?? 0)) * 60 + (form.minutes ?? 0)) * 60;
  return {
    ...(add.length > 0 && { addTags: add }),
    ...(remove.length > 0 && { removeTags: remove }),
    ...(form.rating !== null && { rating: form.rating }),
    ...(form.favourite !== null && { favourite: form.favourite }),
    ...(form.archived !== null && { archived: form.archived }),
    ...((shift !== 0 || form.offset.trim()) && { shift: { seconds: shift, offset: form.offset.trim() || null } }),
  };
}
