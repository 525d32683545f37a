import { thumbHashToDataURL } from 'thumbhash';

const KEPT = 2_000;
const drawn = new Map<string, string>();

/** A thumbhash (base64) as a tiny picture that needs no request. */
export function placeholder(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) {
    return undefined;
  }
  const known = drawn.get(thumbhash);
  if (known) {
    return known;
  }
  try {
    const url = thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (c) => c.charCodeAt(0)));
    if (drawn.size >= KEPT) {
      drawn.delete(drawn.keys().next().value!);
    }
    drawn.set(thumbhash, url);
    return url;
  } catch {
    return undefined;
  }
}
