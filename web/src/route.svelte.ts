import type { AssetFilter, MediaKind } from './api/generated/graphql';
import { boxOf } from './map/boxes';

/** What a person looks for. Each part is shown as a chip and stands in the address. */
export type Query = {
  text: string;
  /** What pictures are to show, in words: those come first that are nearest to it. */
  words: string;
  people: string[];
  labels: string[];
  cameras: string[];
  years: number[];
  kinds: MediaKind[];
  marks: Mark[];
  box: string;
};

export type Mark = 'favourite' | 'archived';

/** `part` is one of the pages of the administration. */
export type Place = {
  page: 'library' | 'map' | 'trash' | 'people' | 'hidden' | 'same' | 'albums' | 'album' | 'links' | 'passkeys' | 'account' | 'administration';
  album?: string;
  part?: string;
  photo?: string;
  query: Query;
};

export const NO_QUERY: Query = { text: '', words: '', people: [], labels: [], cameras: [], years: [], kinds: [], marks: [], box: '' };

const PAGES: readonly string[] = ['map', 'trash', 'people', 'hidden', 'same', 'albums', 'album', 'links', 'passkeys', 'account', 'administration'];
/** Where pictures can stand in another order than that of time. */
const ORDERED: readonly string[] = ['library', 'trash'];
const MOST_WORDS = 200;
const KINDS: readonly string[] = ['IMAGE', 'VIDEO', 'OTHER'];
const MARKS: readonly string[] = ['favourite', 'archived'];

export function parse(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
  const parts = path.split('/').filter(Boolean);
  const given = new URLSearchParams(search);
  const page = PAGES.includes(parts[0] ?? '') ? (parts[0] as Place['page']) : 'library';
  if (page === 'administration' && parts[1]) {
    return { page, part: parts[1], query: NO_QUERY };
  }
  const album = page === 'album' && parts[1] ? { album: decodeURIComponent(parts[1]) } : {};
  if (page === 'album' && !album.album) {
    return { page: 'albums', query: NO_QUERY };
  }
  const at = parts.lastIndexOf('photo');
  const photo = at >= 0 && parts[at + 1];
  const query: Query = {
    text: given.get('q') ?? '',
    words: ORDERED.includes(page) ? (given.get('shows') ?? '').trim().slice(0, MOST_WORDS) : '',
    people: given.getAll('person'),
    labels: given.getAll('label'),
    cameras: given.getAll('camera'),
    years: given.getAll('year').map(Number).filter(Number.isInteger),
    kinds: given.getAll('kind').filter((kind): kind is MediaKind => KINDS.includes(kind)),
    box: boxOf(given.get('box') ?? '') ? given.get('box')! : '',
    marks: given.getAll('mark').filter((mark): mark is Mark => MARKS.includes(mark)),
  };
  return photo ? { page, ...album, photo: decodeURIComponent(photo), query } : { page, ...album, query };
}

export function address({ page, album, photo, query }: Place): string {
  const search = new URLSearchParams();
  if (query.text.trim()) {
    search.set('q', query.text);
  }
  if (query.words) {
    search.set('shows', query.words);
  }
  query.people.forEach((person) => search.append('person', person));
  query.labels.forEach((label) => search.append('label', label));
  query.cameras.forEach((camera) => search.append('camera', camera));
  query.years.forEach((year) => search.append('year', String(year)));
  query.kinds.forEach((kind) => search.append('kind', kind));
  if (query.box) {
    search.set('box', query.box);
  }
  query.marks.forEach((mark) => search.append('mark', mark));
  const asked = search.toString();
  return `#/${page === 'library' ? '' : `${page}/`}${album ? `${encodeURIComponent(album)}/` : ''}${photo ? `photo/${encodeURIComponent(photo)}` : ''}${asked ? `?${asked}` : ''}`;
}

/** The filter as the API takes it. What is archived stands in no timeline, and is found by who looks for something. */
export function filterOf({ page, album, query }: Place): AssetFilter {
  if (album) {
    return { album };
  }
  if (page !== 'trash' && isEmpty(query)) {
    return { archived: false };
  }
  return {
    ...(query.text.trim() && { text: query.text.trim().slice(0, 200) }),
    ...(query.people.length && { people: query.people }),
    ...(query.labels.length && { labels: query.labels }),
    ...(query.cameras.length && { cameras: query.cameras }),
    ...(query.years.length && { years: query.years }),
    ...(query.kinds.length && { kinds: query.kinds }),
    ...(query.box && { box: boxOf(query.box)! }),
    ...Object.fromEntries(query.marks.map((mark) => [mark, true])),
    ...(page === 'trash' && { trashed: true }),
  };
}

export function isEmpty(query: Query): boolean {
  return Object.values(query).every((part) => (typeof part === 'string' ? !part.trim() : part.length === 0));
}

/** Where the person is: the address says it, so that links and the back button work. */
class Route {
  place = $state.raw<Place>({ page: 'library', query: NO_QUERY });
  /** Whether closing a picture goes back in the history, since the library was there before it. */
  #opened = false;

  constructor() {
    if (typeof window !== 'undefined') {
      this.place = parse(location.hash);
      window.addEventListener('hashchange', () => {
        this.place = parse(location.hash);
        this.#opened &&= this.place.photo !== undefined;
      });
    }
  }

  go(place: Place) {
    location.hash = address(place);
  }

  /** As going, but without a step in the history. */
  replace(place: Place) {
    history.replaceState(null, '', address(place));
    this.place = place;
  }

  open(photo: string) {
    this.#opened = true;
    this.go({ ...this.place, photo });
  }

  /** From one picture to the next is no step in the history. */
  turn(photo: string) {
    this.replace({ ...this.place, photo });
  }

  closePhoto() {
    if (this.#opened) {
      history.back();
    } else {
      const { photo: _, ...place } = this.place;
      this.replace(place);
    }
  }
}

export const route = new Route();
