/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What an album shall be. What is left out, or null, stays as it is. */
export type AlbumInput = {
  /** The asset by which it is shown, one that is in it; an empty one: any. */
  cover?: string | number | null | undefined;
  /** At most 10,000 characters. */
  description?: string | null | undefined;
  /** 1 to 200 characters. */
  name?: string | null | undefined;
  /** BY_TIME when nothing is said. */
  order?: AlbumOrder | null | undefined;
  /** The album that it lies in, one that the caller may change; an empty one: none. Rights don't follow it. */
  parent?: string | number | null | undefined;
  /** By what it gathers assets of itself, among those that the caller may change. An album has a rule from its making on, or never. */
  rule?: AlbumRuleInput | null | undefined;
};

export type AlbumKind =
  | 'MANUAL'
  | 'RULE';

export type AlbumOrder =
  | 'BY_TIME'
  | 'MANUAL';

export type AlbumRole =
  | 'CONTRIBUTE'
  | 'MANAGE'
  | 'OWN'
  | 'VIEW';

/** All conditions that are given must hold; at least one must be given. */
export type AlbumRuleInput = {
  /** Taken within this box on the map. */
  box?: BoxFilter | null | undefined;
  /** All of these labels, objects or broader words for them (animal), as facets name them. */
  labels?: Array<string> | null | undefined;
  /** All of these people are seen in it, by their ids. */
  people?: Array<string> | null | undefined;
  /** Taken before this instant. (ISO-8601) */
  takenBefore?: string | null | undefined;
  /** Taken at this instant or later. (ISO-8601) */
  takenFrom?: string | null | undefined;
};

/** All conditions that are given must hold. */
export type AssetFilter = {
  /** Only what is in this album. Of others' pictures in it neither file names nor favourites, archive, stars and people are looked at. */
  album?: string | number | null | undefined;
  /** True: only what is archived; false: only what is not. Left out: both. */
  archived?: boolean | null | undefined;
  /** Taken within this box on the map. */
  box?: BoxFilter | null | undefined;
  /** Any of these cameras, as facets name them. */
  cameras?: Array<string> | null | undefined;
  /** True: only favourites; false: only what is none. */
  favourite?: boolean | null | undefined;
  /** Any of these kinds. */
  kinds?: Array<MediaKind> | null | undefined;
  /** All of these labels, objects or broader words for them (animal), as facets name them. */
  labels?: Array<string> | null | undefined;
  /** Any of these media types. */
  mediaTypes?: Array<string> | null | undefined;
  nsfw?: NsfwFilter | null | undefined;
  /** All of these people are seen in it, by their ids. */
  people?: Array<string> | null | undefined;
  /** Any of these ratings, 0 to 5 stars. */
  ratings?: Array<number> | null | undefined;
  /** Any of these states. */
  states?: Array<AssetState> | null | undefined;
  /** Taken before this instant. (ISO-8601) */
  takenBefore?: string | null | undefined;
  /** Taken at this instant or later. (ISO-8601) */
  takenFrom?: string | null | undefined;
  /** All its words must be found in title, description, keywords, file name, labels or camera. */
  text?: string | null | undefined;
  /** True: only what is in the trash. Otherwise only what is not. */
  trashed?: boolean | null | undefined;
  /** Any of these years, on the clock where it was taken. */
  years?: Array<number> | null | undefined;
};

export type AssetState =
  | 'DAMAGED'
  | 'NO_PREVIEW'
  | 'READY';

/** Degrees, WGS 84. A box whose west is east of its east crosses the date line. */
export type BoxFilter = {
  east: number;
  north: number;
  south: number;
  west: number;
};

export type ChangesStatus =
  /** There was no token. What is read from now on holds until the answer to the next question. */
  | 'BEGUN'
  /** This is all that changed since the token was given, or the first of it. */
  | 'CONTINUED'
  /** What changed since is not known, as the caller's rights are others, or the library's database or this version is: read anew what is kept. */
  | 'RESET';

/** What shall be said of assets. What is left out, or null, stays as it is. */
export type EditInput = {
  /** Tags besides those that there are. */
  addTags?: Array<string> | null | undefined;
  /** True: it stands by itself, whatever the files say. */
  alone?: boolean | null | undefined;
  /** An archived asset is kept out of the timeline by who asks for archived: false. */
  archived?: boolean | null | undefined;
  /** At most 10,000 characters; none: it has no description, whatever the file says. */
  description?: string | null | undefined;
  favourite?: boolean | null | undefined;
  /** What shall be as the file says again. */
  fromFile?: Array<Field> | null | undefined;
  /** True: it has no place, whatever the file says. */
  noPlace?: boolean | null | undefined;
  place?: PlaceInput | null | undefined;
  /** 0 to 5 stars. */
  rating?: number | null | undefined;
  /** Tags to take away. */
  removeTags?: Array<string> | null | undefined;
  /** Degrees clockwise from how the file has it: 0, 90, 180 or 270. */
  rotation?: number | null | undefined;
  shift?: ShiftInput | null | undefined;
  /** An asset of the same owner: it and all that are edited to name it are shown as one stack, by it. Name it in its own edit, too. */
  stack?: string | null | undefined;
  /** These tags instead of all that there are; none: it has no tags, whatever the file says. At most 500. */
  tags?: Array<string> | null | undefined;
  takenAt?: TakenInput | null | undefined;
  /** At most 1,000 characters; none: it has no title, whatever the file says. */
  title?: string | null | undefined;
  /** Quarter turns clockwise from how it is now, -3 to 3. */
  turn?: number | null | undefined;
};

export type EditOutcome =
  | 'DONE'
  | 'FAILED'
  | 'NOT_FOUND'
  | 'NOT_POSSIBLE'
  | 'UNCHANGED';

export type Field =
  | 'ARCHIVED'
  | 'DESCRIPTION'
  | 'FAVOURITE'
  | 'PLACE'
  | 'RATING'
  | 'ROTATION'
  | 'STACK'
  | 'TAGS'
  | 'TAKEN'
  | 'TITLE'
  | 'TRASHED';

export type GranteeInput = {
  kind: GranteeKind;
  /** Of the person, or of the group. */
  name: string;
};

export type GranteeKind =
  | 'GROUP'
  | 'SUBJECT';

/** What a link's guests are told and given. All but the password is said anew with each change. */
export type LinkInput = {
  download?: boolean | null | undefined;
  /** When it ends by itself; null: not before its maker ends it. (ISO-8601) */
  expiresAt?: string | null | undefined;
  /** At least 6 characters. Null leaves it as it is, which is none at first; an empty one takes it away. Whoever has opened the link by another password must open it again. */
  password?: string | null | undefined;
  showNames?: boolean | null | undefined;
  showPlace?: boolean | null | undefined;
  /** At most 200 characters, for guests; null: none. */
  title?: string | null | undefined;
};

/** What a link shows: one of the two. */
export type LinkTarget = {
  /** An album of the caller's: what is added to it later is shown, too. */
  album?: string | number | null | undefined;
  /** Ids of pictures that the caller may change, at most 5000. */
  assets?: Array<string> | null | undefined;
};

export type MediaKind =
  | 'IMAGE'
  | 'OTHER'
  | 'VIDEO';

/** By the NSFW score, 0 to 1: below 0.2 most likely safe, above 0.8 most likely not. */
export type NsfwFilter = {
  /** The score is above this. */
  above?: number | null | undefined;
  /** The score is this at most. */
  atMost?: number | null | undefined;
  /** Shorthand: true for a score above 0.8, false for any other or none. */
  flagged?: boolean | null | undefined;
  /** Whether assets without a score are meant, too. */
  unscored?: boolean | null | undefined;
};

export type Outcome =
  | 'DONE'
  | 'FAILED'
  | 'NOT_FOUND'
  | 'NOT_POSSIBLE'
  | 'UNCHANGED';

export type PartInput = {
  /** From 1 on. */
  number: number;
  /** SHA-256 of the part, 64 hexadecimal digits. */
  sha256: string;
  /** Bytes: partSize, less for the last part. */
  size: number;
};

/** Degrees, WGS 84, north and east positive. */
export type PlaceInput = {
  /** Metres above sea level. */
  altitude?: number | null | undefined;
  latitude: number;
  longitude: number;
};

/** For a camera whose clock was wrong. */
export type ShiftInput = {
  /** The clock's distance from UTC, such as +02:00; left out: as it was. */
  offset?: string | null | undefined;
  /** Added to what the clock showed. */
  seconds: number;
};

export type StackKind =
  | 'HAND'
  | 'LIVE'
  | 'RAW';

export type TakenAtSource =
  | 'EDITED'
  | 'FILE_NAME'
  | 'GPS_CLOCK'
  | 'LOCAL_ASSUMED_UTC'
  | 'OFFSET_TAG'
  | 'UTC_CONTAINER';

/** When it was taken. */
export type TakenInput = {
  /** What the clock showed where it was taken: 2024-07-14T18:30:05. */
  local: string;
  /** The clock's distance from UTC, such as +02:00; left out: it is not known. */
  offset?: string | null | undefined;
};

export type UploadInput = {
  /** As the client believes; what it is will be found from the content. */
  mediaType: string;
  /** The file's name, without folders. */
  name: string;
  /** SHA-256 of the content, 64 hexadecimal digits: the store then refuses other bytes. */
  sha256?: string | null | undefined;
  /** Bytes. */
  size: number;
};

export type TimelineQueryVariables = Exact<{
  filter?: AssetFilter | null | undefined;
}>;


export type TimelineQuery = { timeline: Array<{ takenFrom: string, takenBefore: string, count: number, after: string | null }> };

export type TileFragment = { id: string, kind: MediaKind, width: number | null, height: number | null, duration: number | null, rotation: number, favourite: boolean, takenAtLocal: string | null, sortTime: string, title: string | null, state: AssetState, mayChange: boolean, thumbhash: string | null, thumbnail: string | null, stack: { count: number, kinds: Array<StackKind>, cover: { id: string } } | null };

export type TilesQueryVariables = Exact<{
  filter?: AssetFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TilesQuery = { assets: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: MediaKind, width: number | null, height: number | null, duration: number | null, rotation: number, favourite: boolean, takenAtLocal: string | null, sortTime: string, title: string | null, state: AssetState, mayChange: boolean, thumbhash: string | null, thumbnail: string | null, stack: { count: number, kinds: Array<StackKind>, cover: { id: string } } | null } }> } };

export type SearchQueryVariables = Exact<{
  words: string;
  filter?: AssetFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: MediaKind, width: number | null, height: number | null, duration: number | null, rotation: number, favourite: boolean, takenAtLocal: string | null, sortTime: string, title: string | null, state: AssetState, mayChange: boolean, thumbhash: string | null, thumbnail: string | null, stack: { count: number, kinds: Array<StackKind>, cover: { id: string } } | null } }> } };

export type SavedSearchFragment = { id: string, name: string, words: string | null, filter: { text: string | null, people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, kinds: Array<MediaKind>, cameras: Array<string>, years: Array<number>, ratings: Array<number>, favourite: boolean | null, archived: boolean | null, box: { south: number, west: number, north: number, east: number } | null } };

export type SavedSearchesQueryVariables = Exact<{ [key: string]: never; }>;


export type SavedSearchesQuery = { savedSearches: Array<{ id: string, name: string, words: string | null, filter: { text: string | null, people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, kinds: Array<MediaKind>, cameras: Array<string>, years: Array<number>, ratings: Array<number>, favourite: boolean | null, archived: boolean | null, box: { south: number, west: number, north: number, east: number } | null } }> };

export type SaveSearchMutationVariables = Exact<{
  name: string;
  words?: string | null | undefined;
  filter?: AssetFilter | null | undefined;
}>;


export type SaveSearchMutation = { saveSearch: { id: string } };

export type DeleteSavedSearchMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteSavedSearchMutation = { deleteSavedSearch: boolean };

export type ChangesQueryVariables = Exact<{
  since?: string | null | undefined;
}>;


export type ChangesQuery = { changes: { status: ChangesStatus, gone: Array<string>, more: boolean, token: string, assets: Array<{ id: string }> } };

export type AssetQueryVariables = Exact<{
  id: string | number;
}>;


export type AssetQuery = { asset: { mediaType: string, description: string | null, takenAt: string | null, takenAtOffset: string | null, takenAtSource: TakenAtSource | null, latitude: number | null, longitude: number | null, altitude: number | null, rating: number | null, tags: Array<string>, archived: boolean, edited: Array<Field>, sidecarProblem: string | null, reason: string | null, trashedAt: string | null, present: boolean, preview: string | null, id: string, kind: MediaKind, width: number | null, height: number | null, duration: number | null, rotation: number, favourite: boolean, takenAtLocal: string | null, sortTime: string, title: string | null, state: AssetState, mayChange: boolean, thumbhash: string | null, thumbnail: string | null, camera: { make: string | null, model: string | null, lens: string | null }, exposure: { seconds: number | null, fNumber: number | null, focalLength: number | null, iso: number | null }, faces: Array<{ id: string, thumbnail: string, box: { left: number, top: number, width: number, height: number }, person: { id: string, name: string | null } | null }>, labels: Array<{ name: string, confidence: number }>, detections: Array<{ name: string, confidence: number, frame: number, box: { left: number, top: number, width: number, height: number } }>, objects: Array<{ key: string, size: number, current: boolean }>, stack: { count: number, kinds: Array<StackKind>, cover: { id: string, sortTime: string, title: string | null, takenAtLocal: string | null, thumbnail: string | null }, members: Array<{ kind: StackKind, of: string, asset: { id: string, sortTime: string, title: string | null, takenAtLocal: string | null, thumbnail: string | null } }> } | null } | null };

export type StackFragment = { cover: { id: string, sortTime: string, title: string | null, takenAtLocal: string | null, thumbnail: string | null }, members: Array<{ kind: StackKind, of: string, asset: { id: string, sortTime: string, title: string | null, takenAtLocal: string | null, thumbnail: string | null } }> };

export type StackQueryVariables = Exact<{
  id: string | number;
}>;


export type StackQuery = { asset: { id: string, stack: { cover: { id: string, sortTime: string, title: string | null, takenAtLocal: string | null, thumbnail: string | null }, members: Array<{ kind: StackKind, of: string, asset: { id: string, sortTime: string, title: string | null, takenAtLocal: string | null, thumbnail: string | null } }> } | null } | null };

export type OriginalQueryVariables = Exact<{
  id: string | number;
}>;


export type OriginalQuery = { asset: { id: string, original: string | null } | null };

export type FacetsQueryVariables = Exact<{
  filter?: AssetFilter | null | undefined;
}>;


export type FacetsQuery = { instance: { searchByWords: { model: string } | null }, facets: { complete: boolean, labels: Array<{ value: string, count: number }>, cameras: Array<{ value: string, count: number }>, kinds: Array<{ value: string, count: number }>, years: Array<{ value: string, count: number }>, marks: Array<{ value: string, count: number }>, people: Array<{ count: number, person: { id: string, name: string | null } }> } };

export type FacesQueryVariables = Exact<{ [key: string]: never; }>;


export type FacesQuery = { instance: { faces: boolean } };

export type StorageQueryVariables = Exact<{ [key: string]: never; }>;


export type StorageQuery = { instance: { storage: { assets: number, bytes: number, quota: number | null } } };

export type PersonNameFragment = { id: string, name: string | null };

export type PersonCardFragment = { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null };

export type PeopleQueryVariables = Exact<{
  text?: string | null | undefined;
  hidden: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type PeopleQuery = { people: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } }> } };

export type PersonQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonQuery = { person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null };

export type PersonFacesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type PersonFacesQuery = { person: { id: string, assets: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, faces: Array<{ id: string, thumbnail: string, person: { id: string } | null }> } }> } } | null };

export type PersonSuggestionsQueryVariables = Exact<{
  first: number;
}>;


export type PersonSuggestionsQuery = { personSuggestions: Array<{ certainty: number, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null }, other: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } }> };

export type DecidedFragment = { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null };

export type NamePersonMutationVariables = Exact<{
  id: string | number;
  name: string;
}>;


export type NamePersonMutation = { namePerson: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type MergePeopleMutationVariables = Exact<{
  id: string | number;
  into: string | number;
}>;


export type MergePeopleMutation = { mergePeople: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type NotThisPersonMutationVariables = Exact<{
  faces: Array<string> | string;
  person: string | number;
}>;


export type NotThisPersonMutation = { notThisPerson: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type MoveFacesMutationVariables = Exact<{
  faces: Array<string> | string;
  to?: string | number | null | undefined;
}>;


export type MoveFacesMutation = { moveFaces: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type KeepApartMutationVariables = Exact<{
  id: string | number;
  other: string | number;
}>;


export type KeepApartMutation = { keepApart: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type HidePersonMutationVariables = Exact<{
  id: string | number;
  hidden: boolean;
}>;


export type HidePersonMutation = { hidePerson: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type ForgetPersonMutationVariables = Exact<{
  id: string | number;
}>;


export type ForgetPersonMutation = { forgetPerson: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type ChooseCoverMutationVariables = Exact<{
  id: string | number;
  face: string | number;
}>;


export type ChooseCoverMutation = { chooseCover: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type UndoDecisionMutationVariables = Exact<{
  decision: string | number;
}>;


export type UndoDecisionMutation = { undoDecision: { decision: string, person: { hidden: boolean, count: number, id: string, name: string | null, cover: { id: string, thumbnail: string } | null } | null } };

export type KnownQueryVariables = Exact<{
  sha256: string;
}>;


export type KnownQuery = { asset: { id: string, present: boolean } | null };

export type ArrivedQueryVariables = Exact<{
  sha256: string;
}>;


export type ArrivedQuery = { asset: { id: string, mayChange: boolean } | null };

export type DeviceModelFragment = { id: string, input: string, output: string, square: number, side: number, mean: Array<number>, divisor: Array<number>, top: number, floor: number, broader: number, weights: { address: string, sha256: string, size: number }, names: { address: string, sha256: string }, words: Array<{ name: string, classes: Array<number> }> };

export type DeviceModelQueryVariables = Exact<{ [key: string]: never; }>;


export type DeviceModelQuery = { deviceModel: { id: string, input: string, output: string, square: number, side: number, mean: Array<number>, divisor: Array<number>, top: number, floor: number, broader: number, weights: { address: string, sha256: string, size: number }, names: { address: string, sha256: string }, words: Array<{ name: string, classes: Array<number> }> } | null };

export type PurgeMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type PurgeMutation = { purge: Array<{ outcome: Outcome, reason: string | null }> };

export type TrashMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type TrashMutation = { trash: Array<{ id: string, outcome: Outcome, reason: string | null }> };

export type RestoreMutationVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RestoreMutation = { restore: Array<{ id: string, outcome: Outcome, reason: string | null }> };

export type EditedFragment = { id: string, outcome: EditOutcome, reason: string | null, undo: string | null };

export type EditAssetsMutationVariables = Exact<{
  ids: Array<string> | string;
  edit: EditInput;
}>;


export type EditAssetsMutation = { editAssets: Array<{ id: string, outcome: EditOutcome, reason: string | null, undo: string | null }> };

export type UndoEditsMutationVariables = Exact<{
  undo: Array<string> | string;
}>;


export type UndoEditsMutation = { undoEdits: Array<{ id: string, outcome: EditOutcome, reason: string | null, undo: string | null }> };

export type CreateUploadMutationVariables = Exact<{
  input: UploadInput;
}>;


export type CreateUploadMutation = { createUpload: { key: string, partSize: number | null, parts: number | null, uploadId: string | null, request: { url: string, headers: Array<{ name: string, value: string }> } | null } };

export type SignPartsMutationVariables = Exact<{
  key: string;
  uploadId: string;
  parts: Array<PartInput> | PartInput;
}>;


export type SignPartsMutation = { signParts: Array<{ url: string, headers: Array<{ name: string, value: string }> }> };

export type PutFragment = { url: string, headers: Array<{ name: string, value: string }> };

export type CompleteUploadMutationVariables = Exact<{
  key: string;
  uploadId: string;
  parts: number;
}>;


export type CompleteUploadMutation = { completeUpload: { key: string, size: number } };

export type AbortUploadMutationVariables = Exact<{
  key: string;
  uploadId: string;
}>;


export type AbortUploadMutation = { abortUpload: boolean };

export type MapQueryVariables = Exact<{
  filter?: AssetFilter | null | undefined;
  box: BoxFilter;
  zoom: number;
}>;


export type MapQuery = { map: Array<{ count: number, latitude: number, longitude: number, south: number, west: number, north: number, east: number, asset: { id: string, title: string | null, takenAtLocal: string | null, sortTime: string, thumbnail: string | null } }> };

export type MemoriesQueryVariables = Exact<{
  day: string;
}>;


export type MemoriesQuery = { memories: Array<{ year: number, assets: Array<{ id: string, title: string | null, thumbnail: string | null }> }> };

export type AlbumCardFragment = { id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null };

export type AlbumFragment = { description: string, parent: string | null, order: AlbumOrder, id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, rule: { people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, box: { south: number, west: number, north: number, east: number } | null } | null, grants: Array<{ kind: GranteeKind, name: string, role: AlbumRole }>, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null };

export type AlbumsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  parent?: string | number | null | undefined;
  top: boolean;
}>;


export type AlbumsQuery = { albums: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null } }> } };

export type AlbumQueryVariables = Exact<{
  id: string | number;
}>;


export type AlbumQuery = { album: { description: string, parent: string | null, order: AlbumOrder, id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, rule: { people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, box: { south: number, west: number, north: number, east: number } | null } | null, grants: Array<{ kind: GranteeKind, name: string, role: AlbumRole }>, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null } | null };

export type AlbumTilesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type AlbumTilesQuery = { album: { count: number, assets: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, kind: MediaKind, width: number | null, height: number | null, duration: number | null, rotation: number, favourite: boolean, takenAtLocal: string | null, sortTime: string, title: string | null, state: AssetState, mayChange: boolean, thumbhash: string | null, thumbnail: string | null, stack: { count: number, kinds: Array<StackKind>, cover: { id: string } } | null } }> } } | null };

export type CreateAlbumMutationVariables = Exact<{
  album: AlbumInput;
}>;


export type CreateAlbumMutation = { createAlbum: { description: string, parent: string | null, order: AlbumOrder, id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, rule: { people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, box: { south: number, west: number, north: number, east: number } | null } | null, grants: Array<{ kind: GranteeKind, name: string, role: AlbumRole }>, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null } };

export type UpdateAlbumMutationVariables = Exact<{
  id: string | number;
  album: AlbumInput;
}>;


export type UpdateAlbumMutation = { updateAlbum: { description: string, parent: string | null, order: AlbumOrder, id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, rule: { people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, box: { south: number, west: number, north: number, east: number } | null } | null, grants: Array<{ kind: GranteeKind, name: string, role: AlbumRole }>, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null } };

export type DeleteAlbumMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteAlbumMutation = { deleteAlbum: boolean };

export type AddToAlbumMutationVariables = Exact<{
  id: string | number;
  assets: Array<string> | string;
}>;


export type AddToAlbumMutation = { addToAlbum: Array<{ id: string, outcome: Outcome, reason: string | null }> };

export type RemoveFromAlbumMutationVariables = Exact<{
  id: string | number;
  assets: Array<string> | string;
}>;


export type RemoveFromAlbumMutation = { removeFromAlbum: Array<{ id: string, outcome: Outcome, reason: string | null }> };

export type MoveInAlbumMutationVariables = Exact<{
  id: string | number;
  assets: Array<string> | string;
  before?: string | number | null | undefined;
}>;


export type MoveInAlbumMutation = { moveInAlbum: { id: string } };

export type ShareAlbumMutationVariables = Exact<{
  id: string | number;
  to: GranteeInput;
  role: AlbumRole;
}>;


export type ShareAlbumMutation = { shareAlbum: { description: string, parent: string | null, order: AlbumOrder, id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, rule: { people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, box: { south: number, west: number, north: number, east: number } | null } | null, grants: Array<{ kind: GranteeKind, name: string, role: AlbumRole }>, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null } };

export type UnshareAlbumMutationVariables = Exact<{
  id: string | number;
  from: GranteeInput;
}>;


export type UnshareAlbumMutation = { unshareAlbum: { description: string, parent: string | null, order: AlbumOrder, id: string, name: string, owner: string, role: AlbumRole, kind: AlbumKind, count: number, rule: { people: Array<string>, labels: Array<string>, takenFrom: string | null, takenBefore: string | null, box: { south: number, west: number, north: number, east: number } | null } | null, grants: Array<{ kind: GranteeKind, name: string, role: AlbumRole }>, cover: { id: string, rotation: number, width: number | null, height: number | null, thumbnail: string | null } | null } };

export type LinkFragment = { id: string, title: string | null, createdAt: string, expiresAt: string | null, revokedAt: string | null, open: boolean, locked: boolean, download: boolean, showPlace: boolean, showNames: boolean, album: string | null, items: number, openings: number };

export type LinksQueryVariables = Exact<{ [key: string]: never; }>;


export type LinksQuery = { links: Array<{ id: string, title: string | null, createdAt: string, expiresAt: string | null, revokedAt: string | null, open: boolean, locked: boolean, download: boolean, showPlace: boolean, showNames: boolean, album: string | null, items: number, openings: number }> };

export type CreateLinkMutationVariables = Exact<{
  target: LinkTarget;
  link: LinkInput;
}>;


export type CreateLinkMutation = { createLink: { token: string, link: { id: string, title: string | null, createdAt: string, expiresAt: string | null, revokedAt: string | null, open: boolean, locked: boolean, download: boolean, showPlace: boolean, showNames: boolean, album: string | null, items: number, openings: number } } };

export type UpdateLinkMutationVariables = Exact<{
  id: string | number;
  link: LinkInput;
}>;


export type UpdateLinkMutation = { updateLink: { id: string, title: string | null, createdAt: string, expiresAt: string | null, revokedAt: string | null, open: boolean, locked: boolean, download: boolean, showPlace: boolean, showNames: boolean, album: string | null, items: number, openings: number } };

export type RevokeLinkMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeLinkMutation = { revokeLink: { id: string, title: string | null, createdAt: string, expiresAt: string | null, revokedAt: string | null, open: boolean, locked: boolean, download: boolean, showPlace: boolean, showNames: boolean, album: string | null, items: number, openings: number } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const TileFragmentDoc = new TypedDocumentString(`
    fragment Tile on Asset {
  id
  kind
  width
  height
  duration
  rotation
  favourite
  takenAtLocal
  sortTime
  title
  state
  mayChange
  thumbhash
  thumbnail
  stack {
    count
    kinds
    cover {
      id
    }
  }
}
    `, {"fragmentName":"Tile"}) as unknown as TypedDocumentString<TileFragment, unknown>;
export const SavedSearchFragmentDoc = new TypedDocumentString(`
    fragment SavedSearch on SavedSearch {
  id
  name
  words
  filter {
    text
    people
    labels
    takenFrom
    takenBefore
    box {
      south
      west
      north
      east
    }
    kinds
    cameras
    years
    ratings
    favourite
    archived
  }
}
    `, {"fragmentName":"SavedSearch"}) as unknown as TypedDocumentString<SavedSearchFragment, unknown>;
export const StackFragmentDoc = new TypedDocumentString(`
    fragment Stack on Stack {
  cover {
    id
    sortTime
    title
    takenAtLocal
    thumbnail
  }
  members {
    kind
    of
    asset {
      id
      sortTime
      title
      takenAtLocal
      thumbnail
    }
  }
}
    `, {"fragmentName":"Stack"}) as unknown as TypedDocumentString<StackFragment, unknown>;
export const PersonNameFragmentDoc = new TypedDocumentString(`
    fragment PersonName on Person {
  id
  name
}
    `, {"fragmentName":"PersonName"}) as unknown as TypedDocumentString<PersonNameFragment, unknown>;
export const PersonCardFragmentDoc = new TypedDocumentString(`
    fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
    fragment PersonName on Person {
  id
  name
}`, {"fragmentName":"PersonCard"}) as unknown as TypedDocumentString<PersonCardFragment, unknown>;
export const DecidedFragmentDoc = new TypedDocumentString(`
    fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}`, {"fragmentName":"Decided"}) as unknown as TypedDocumentString<DecidedFragment, unknown>;
export const DeviceModelFragmentDoc = new TypedDocumentString(`
    fragment DeviceModel on DeviceModel {
  id
  weights {
    address
    sha256
    size
  }
  names {
    address
    sha256
  }
  input
  output
  square
  side
  mean
  divisor
  top
  floor
  broader
  words {
    name
    classes
  }
}
    `, {"fragmentName":"DeviceModel"}) as unknown as TypedDocumentString<DeviceModelFragment, unknown>;
export const EditedFragmentDoc = new TypedDocumentString(`
    fragment Edited on EditResult {
  id
  outcome
  reason
  undo
}
    `, {"fragmentName":"Edited"}) as unknown as TypedDocumentString<EditedFragment, unknown>;
export const PutFragmentDoc = new TypedDocumentString(`
    fragment Put on UploadRequest {
  url
  headers {
    name
    value
  }
}
    `, {"fragmentName":"Put"}) as unknown as TypedDocumentString<PutFragment, unknown>;
export const AlbumCardFragmentDoc = new TypedDocumentString(`
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}
    `, {"fragmentName":"AlbumCard"}) as unknown as TypedDocumentString<AlbumCardFragment, unknown>;
export const AlbumFragmentDoc = new TypedDocumentString(`
    fragment Album on Album {
  ...AlbumCard
  description
  parent
  order
  rule {
    people
    labels
    box {
      south
      west
      north
      east
    }
    takenFrom
    takenBefore
  }
  grants {
    kind
    name
    role
  }
}
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}`, {"fragmentName":"Album"}) as unknown as TypedDocumentString<AlbumFragment, unknown>;
export const LinkFragmentDoc = new TypedDocumentString(`
    fragment Link on Link {
  id
  title
  createdAt
  expiresAt
  revokedAt
  open
  locked
  download
  showPlace
  showNames
  album
  items
  openings
}
    `, {"fragmentName":"Link"}) as unknown as TypedDocumentString<LinkFragment, unknown>;
export const TimelineDocument = new TypedDocumentString(`
    query Timeline($filter: AssetFilter) {
  timeline(filter: $filter) {
    takenFrom
    takenBefore
    count
    after
  }
}
    `) as unknown as TypedDocumentString<TimelineQuery, TimelineQueryVariables>;
export const TilesDocument = new TypedDocumentString(`
    query Tiles($filter: AssetFilter, $first: Int!, $after: String) {
  assets(filter: $filter, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...Tile
      }
    }
  }
}
    fragment Tile on Asset {
  id
  kind
  width
  height
  duration
  rotation
  favourite
  takenAtLocal
  sortTime
  title
  state
  mayChange
  thumbhash
  thumbnail
  stack {
    count
    kinds
    cover {
      id
    }
  }
}`) as unknown as TypedDocumentString<TilesQuery, TilesQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($words: String!, $filter: AssetFilter, $first: Int!, $after: String) {
  search(words: $words, filter: $filter, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...Tile
      }
    }
  }
}
    fragment Tile on Asset {
  id
  kind
  width
  height
  duration
  rotation
  favourite
  takenAtLocal
  sortTime
  title
  state
  mayChange
  thumbhash
  thumbnail
  stack {
    count
    kinds
    cover {
      id
    }
  }
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const SavedSearchesDocument = new TypedDocumentString(`
    query SavedSearches {
  savedSearches {
    ...SavedSearch
  }
}
    fragment SavedSearch on SavedSearch {
  id
  name
  words
  filter {
    text
    people
    labels
    takenFrom
    takenBefore
    box {
      south
      west
      north
      east
    }
    kinds
    cameras
    years
    ratings
    favourite
    archived
  }
}`) as unknown as TypedDocumentString<SavedSearchesQuery, SavedSearchesQueryVariables>;
export const SaveSearchDocument = new TypedDocumentString(`
    mutation SaveSearch($name: String!, $words: String, $filter: AssetFilter) {
  saveSearch(name: $name, words: $words, filter: $filter) {
    id
  }
}
    `) as unknown as TypedDocumentString<SaveSearchMutation, SaveSearchMutationVariables>;
export const DeleteSavedSearchDocument = new TypedDocumentString(`
    mutation DeleteSavedSearch($id: ID!) {
  deleteSavedSearch(id: $id)
}
    `) as unknown as TypedDocumentString<DeleteSavedSearchMutation, DeleteSavedSearchMutationVariables>;
export const ChangesDocument = new TypedDocumentString(`
    query Changes($since: String) {
  changes(since: $since, first: 500) {
    status
    assets {
      id
    }
    gone
    more
    token
  }
}
    `) as unknown as TypedDocumentString<ChangesQuery, ChangesQueryVariables>;
export const AssetDocument = new TypedDocumentString(`
    query Asset($id: ID!) {
  asset(id: $id) {
    ...Tile
    mediaType
    description
    takenAt
    takenAtOffset
    takenAtSource
    latitude
    longitude
    altitude
    camera {
      make
      model
      lens
    }
    exposure {
      seconds
      fNumber
      focalLength
      iso
    }
    rating
    tags
    archived
    edited
    sidecarProblem
    reason
    trashedAt
    present
    preview
    faces {
      id
      box {
        left
        top
        width
        height
      }
      thumbnail
      person {
        ...PersonName
      }
    }
    labels {
      name
      confidence
    }
    detections {
      name
      confidence
      frame
      box {
        left
        top
        width
        height
      }
    }
    objects {
      key
      size
      current
    }
    stack {
      ...Stack
    }
  }
}
    fragment Tile on Asset {
  id
  kind
  width
  height
  duration
  rotation
  favourite
  takenAtLocal
  sortTime
  title
  state
  mayChange
  thumbhash
  thumbnail
  stack {
    count
    kinds
    cover {
      id
    }
  }
}
fragment Stack on Stack {
  cover {
    id
    sortTime
    title
    takenAtLocal
    thumbnail
  }
  members {
    kind
    of
    asset {
      id
      sortTime
      title
      takenAtLocal
      thumbnail
    }
  }
}
fragment PersonName on Person {
  id
  name
}`) as unknown as TypedDocumentString<AssetQuery, AssetQueryVariables>;
export const StackDocument = new TypedDocumentString(`
    query Stack($id: ID!) {
  asset(id: $id) {
    id
    stack {
      ...Stack
    }
  }
}
    fragment Stack on Stack {
  cover {
    id
    sortTime
    title
    takenAtLocal
    thumbnail
  }
  members {
    kind
    of
    asset {
      id
      sortTime
      title
      takenAtLocal
      thumbnail
    }
  }
}`) as unknown as TypedDocumentString<StackQuery, StackQueryVariables>;
export const OriginalDocument = new TypedDocumentString(`
    query Original($id: ID!) {
  asset(id: $id) {
    id
    original
  }
}
    `) as unknown as TypedDocumentString<OriginalQuery, OriginalQueryVariables>;
export const FacetsDocument = new TypedDocumentString(`
    query Facets($filter: AssetFilter) {
  instance {
    searchByWords {
      model
    }
  }
  facets(filter: $filter) {
    complete
    labels {
      value
      count
    }
    cameras {
      value
      count
    }
    kinds {
      value
      count
    }
    years {
      value
      count
    }
    marks {
      value
      count
    }
    people {
      count
      person {
        ...PersonName
      }
    }
  }
}
    fragment PersonName on Person {
  id
  name
}`) as unknown as TypedDocumentString<FacetsQuery, FacetsQueryVariables>;
export const FacesDocument = new TypedDocumentString(`
    query Faces {
  instance {
    faces
  }
}
    `) as unknown as TypedDocumentString<FacesQuery, FacesQueryVariables>;
export const StorageDocument = new TypedDocumentString(`
    query Storage {
  instance {
    storage {
      assets
      bytes
      quota
    }
  }
}
    `) as unknown as TypedDocumentString<StorageQuery, StorageQueryVariables>;
export const PeopleDocument = new TypedDocumentString(`
    query People($text: String, $hidden: Boolean!, $first: Int!, $after: String) {
  people(text: $text, hidden: $hidden, first: $first, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...PersonCard
      }
    }
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}`) as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
export const PersonDocument = new TypedDocumentString(`
    query Person($id: ID!) {
  person(id: $id) {
    ...PersonCard
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}`) as unknown as TypedDocumentString<PersonQuery, PersonQueryVariables>;
export const PersonFacesDocument = new TypedDocumentString(`
    query PersonFaces($id: ID!, $first: Int!, $after: String) {
  person(id: $id) {
    id
    assets(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          faces {
            id
            thumbnail
            person {
              id
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PersonFacesQuery, PersonFacesQueryVariables>;
export const PersonSuggestionsDocument = new TypedDocumentString(`
    query PersonSuggestions($first: Int!) {
  personSuggestions(first: $first) {
    certainty
    person {
      ...PersonCard
    }
    other {
      ...PersonCard
    }
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}`) as unknown as TypedDocumentString<PersonSuggestionsQuery, PersonSuggestionsQueryVariables>;
export const NamePersonDocument = new TypedDocumentString(`
    mutation NamePerson($id: ID!, $name: String!) {
  namePerson(id: $id, name: $name) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<NamePersonMutation, NamePersonMutationVariables>;
export const MergePeopleDocument = new TypedDocumentString(`
    mutation MergePeople($id: ID!, $into: ID!) {
  mergePeople(id: $id, into: $into) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<MergePeopleMutation, MergePeopleMutationVariables>;
export const NotThisPersonDocument = new TypedDocumentString(`
    mutation NotThisPerson($faces: [String!]!, $person: ID!) {
  notThisPerson(faces: $faces, person: $person) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<NotThisPersonMutation, NotThisPersonMutationVariables>;
export const MoveFacesDocument = new TypedDocumentString(`
    mutation MoveFaces($faces: [String!]!, $to: ID) {
  moveFaces(faces: $faces, to: $to) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<MoveFacesMutation, MoveFacesMutationVariables>;
export const KeepApartDocument = new TypedDocumentString(`
    mutation KeepApart($id: ID!, $other: ID!) {
  keepApart(id: $id, other: $other) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<KeepApartMutation, KeepApartMutationVariables>;
export const HidePersonDocument = new TypedDocumentString(`
    mutation HidePerson($id: ID!, $hidden: Boolean!) {
  hidePerson(id: $id, hidden: $hidden) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<HidePersonMutation, HidePersonMutationVariables>;
export const ForgetPersonDocument = new TypedDocumentString(`
    mutation ForgetPerson($id: ID!) {
  forgetPerson(id: $id) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<ForgetPersonMutation, ForgetPersonMutationVariables>;
export const ChooseCoverDocument = new TypedDocumentString(`
    mutation ChooseCover($id: ID!, $face: ID!) {
  chooseCover(id: $id, face: $face) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<ChooseCoverMutation, ChooseCoverMutationVariables>;
export const UndoDecisionDocument = new TypedDocumentString(`
    mutation UndoDecision($decision: ID!) {
  undoDecision(decision: $decision) {
    ...Decided
  }
}
    fragment PersonName on Person {
  id
  name
}
fragment PersonCard on Person {
  ...PersonName
  hidden
  count
  cover {
    id
    thumbnail
  }
}
fragment Decided on PersonChange {
  decision
  person {
    ...PersonCard
  }
}`) as unknown as TypedDocumentString<UndoDecisionMutation, UndoDecisionMutationVariables>;
export const KnownDocument = new TypedDocumentString(`
    query Known($sha256: String!) {
  asset(sha256: $sha256) {
    id
    present
  }
}
    `) as unknown as TypedDocumentString<KnownQuery, KnownQueryVariables>;
export const ArrivedDocument = new TypedDocumentString(`
    query Arrived($sha256: String!) {
  asset(sha256: $sha256) {
    id
    mayChange
  }
}
    `) as unknown as TypedDocumentString<ArrivedQuery, ArrivedQueryVariables>;
export const DeviceModelDocument = new TypedDocumentString(`
    query DeviceModel {
  deviceModel {
    ...DeviceModel
  }
}
    fragment DeviceModel on DeviceModel {
  id
  weights {
    address
    sha256
    size
  }
  names {
    address
    sha256
  }
  input
  output
  square
  side
  mean
  divisor
  top
  floor
  broader
  words {
    name
    classes
  }
}`) as unknown as TypedDocumentString<DeviceModelQuery, DeviceModelQueryVariables>;
export const PurgeDocument = new TypedDocumentString(`
    mutation Purge($ids: [String!]!) {
  purge(ids: $ids) {
    outcome
    reason
  }
}
    `) as unknown as TypedDocumentString<PurgeMutation, PurgeMutationVariables>;
export const TrashDocument = new TypedDocumentString(`
    mutation Trash($ids: [String!]!) {
  trash(ids: $ids) {
    id
    outcome
    reason
  }
}
    `) as unknown as TypedDocumentString<TrashMutation, TrashMutationVariables>;
export const RestoreDocument = new TypedDocumentString(`
    mutation Restore($ids: [String!]!) {
  restore(ids: $ids) {
    id
    outcome
    reason
  }
}
    `) as unknown as TypedDocumentString<RestoreMutation, RestoreMutationVariables>;
export const EditAssetsDocument = new TypedDocumentString(`
    mutation EditAssets($ids: [String!]!, $edit: EditInput!) {
  editAssets(ids: $ids, edit: $edit) {
    ...Edited
  }
}
    fragment Edited on EditResult {
  id
  outcome
  reason
  undo
}`) as unknown as TypedDocumentString<EditAssetsMutation, EditAssetsMutationVariables>;
export const UndoEditsDocument = new TypedDocumentString(`
    mutation UndoEdits($undo: [String!]!) {
  undoEdits(undo: $undo) {
    ...Edited
  }
}
    fragment Edited on EditResult {
  id
  outcome
  reason
  undo
}`) as unknown as TypedDocumentString<UndoEditsMutation, UndoEditsMutationVariables>;
export const CreateUploadDocument = new TypedDocumentString(`
    mutation CreateUpload($input: UploadInput!) {
  createUpload(input: $input) {
    key
    partSize
    parts
    uploadId
    request {
      ...Put
    }
  }
}
    fragment Put on UploadRequest {
  url
  headers {
    name
    value
  }
}`) as unknown as TypedDocumentString<CreateUploadMutation, CreateUploadMutationVariables>;
export const SignPartsDocument = new TypedDocumentString(`
    mutation SignParts($key: String!, $uploadId: String!, $parts: [PartInput!]!) {
  signParts(key: $key, uploadId: $uploadId, parts: $parts) {
    ...Put
  }
}
    fragment Put on UploadRequest {
  url
  headers {
    name
    value
  }
}`) as unknown as TypedDocumentString<SignPartsMutation, SignPartsMutationVariables>;
export const CompleteUploadDocument = new TypedDocumentString(`
    mutation CompleteUpload($key: String!, $uploadId: String!, $parts: Int!) {
  completeUpload(key: $key, uploadId: $uploadId, parts: $parts) {
    key
    size
  }
}
    `) as unknown as TypedDocumentString<CompleteUploadMutation, CompleteUploadMutationVariables>;
export const AbortUploadDocument = new TypedDocumentString(`
    mutation AbortUpload($key: String!, $uploadId: String!) {
  abortUpload(key: $key, uploadId: $uploadId)
}
    `) as unknown as TypedDocumentString<AbortUploadMutation, AbortUploadMutationVariables>;
export const MapDocument = new TypedDocumentString(`
    query Map($filter: AssetFilter, $box: BoxFilter!, $zoom: Int!) {
  map(filter: $filter, box: $box, zoom: $zoom) {
    count
    latitude
    longitude
    south
    west
    north
    east
    asset {
      id
      title
      takenAtLocal
      sortTime
      thumbnail
    }
  }
}
    `) as unknown as TypedDocumentString<MapQuery, MapQueryVariables>;
export const MemoriesDocument = new TypedDocumentString(`
    query Memories($day: String!) {
  memories(day: $day) {
    year
    assets {
      id
      title
      thumbnail
    }
  }
}
    `) as unknown as TypedDocumentString<MemoriesQuery, MemoriesQueryVariables>;
export const AlbumsDocument = new TypedDocumentString(`
    query Albums($first: Int!, $after: String, $parent: ID, $top: Boolean!) {
  albums(first: $first, after: $after, parent: $parent, top: $top) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...AlbumCard
      }
    }
  }
}
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}`) as unknown as TypedDocumentString<AlbumsQuery, AlbumsQueryVariables>;
export const AlbumDocument = new TypedDocumentString(`
    query Album($id: ID!) {
  album(id: $id) {
    ...Album
  }
}
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}
fragment Album on Album {
  ...AlbumCard
  description
  parent
  order
  rule {
    people
    labels
    box {
      south
      west
      north
      east
    }
    takenFrom
    takenBefore
  }
  grants {
    kind
    name
    role
  }
}`) as unknown as TypedDocumentString<AlbumQuery, AlbumQueryVariables>;
export const AlbumTilesDocument = new TypedDocumentString(`
    query AlbumTiles($id: ID!, $first: Int!, $after: String) {
  album(id: $id) {
    count
    assets(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...Tile
        }
      }
    }
  }
}
    fragment Tile on Asset {
  id
  kind
  width
  height
  duration
  rotation
  favourite
  takenAtLocal
  sortTime
  title
  state
  mayChange
  thumbhash
  thumbnail
  stack {
    count
    kinds
    cover {
      id
    }
  }
}`) as unknown as TypedDocumentString<AlbumTilesQuery, AlbumTilesQueryVariables>;
export const CreateAlbumDocument = new TypedDocumentString(`
    mutation CreateAlbum($album: AlbumInput!) {
  createAlbum(album: $album) {
    ...Album
  }
}
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}
fragment Album on Album {
  ...AlbumCard
  description
  parent
  order
  rule {
    people
    labels
    box {
      south
      west
      north
      east
    }
    takenFrom
    takenBefore
  }
  grants {
    kind
    name
    role
  }
}`) as unknown as TypedDocumentString<CreateAlbumMutation, CreateAlbumMutationVariables>;
export const UpdateAlbumDocument = new TypedDocumentString(`
    mutation UpdateAlbum($id: ID!, $album: AlbumInput!) {
  updateAlbum(id: $id, album: $album) {
    ...Album
  }
}
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}
fragment Album on Album {
  ...AlbumCard
  description
  parent
  order
  rule {
    people
    labels
    box {
      south
      west
      north
      east
    }
    takenFrom
    takenBefore
  }
  grants {
    kind
    name
    role
  }
}`) as unknown as TypedDocumentString<UpdateAlbumMutation, UpdateAlbumMutationVariables>;
export const DeleteAlbumDocument = new TypedDocumentString(`
    mutation DeleteAlbum($id: ID!) {
  deleteAlbum(id: $id)
}
    `) as unknown as TypedDocumentString<DeleteAlbumMutation, DeleteAlbumMutationVariables>;
export const AddToAlbumDocument = new TypedDocumentString(`
    mutation AddToAlbum($id: ID!, $assets: [String!]!) {
  addToAlbum(id: $id, assets: $assets) {
    id
    outcome
    reason
  }
}
    `) as unknown as TypedDocumentString<AddToAlbumMutation, AddToAlbumMutationVariables>;
export const RemoveFromAlbumDocument = new TypedDocumentString(`
    mutation RemoveFromAlbum($id: ID!, $assets: [String!]!) {
  removeFromAlbum(id: $id, assets: $assets) {
    id
    outcome
    reason
  }
}
    `) as unknown as TypedDocumentString<RemoveFromAlbumMutation, RemoveFromAlbumMutationVariables>;
export const MoveInAlbumDocument = new TypedDocumentString(`
    mutation MoveInAlbum($id: ID!, $assets: [String!]!, $before: ID) {
  moveInAlbum(id: $id, assets: $assets, before: $before) {
    id
  }
}
    `) as unknown as TypedDocumentString<MoveInAlbumMutation, MoveInAlbumMutationVariables>;
export const ShareAlbumDocument = new TypedDocumentString(`
    mutation ShareAlbum($id: ID!, $to: GranteeInput!, $role: AlbumRole!) {
  shareAlbum(id: $id, to: $to, role: $role) {
    ...Album
  }
}
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}
fragment Album on Album {
  ...AlbumCard
  description
  parent
  order
  rule {
    people
    labels
    box {
      south
      west
      north
      east
    }
    takenFrom
    takenBefore
  }
  grants {
    kind
    name
    role
  }
}`) as unknown as TypedDocumentString<ShareAlbumMutation, ShareAlbumMutationVariables>;
export const UnshareAlbumDocument = new TypedDocumentString(`
    mutation UnshareAlbum($id: ID!, $from: GranteeInput!) {
  unshareAlbum(id: $id, from: $from) {
    ...Album
  }
}
    fragment AlbumCard on Album {
  id
  name
  owner
  role
  kind
  count
  cover {
    id
    rotation
    width
    height
    thumbnail
  }
}
fragment Album on Album {
  ...AlbumCard
  description
  parent
  order
  rule {
    people
    labels
    box {
      south
      west
      north
      east
    }
    takenFrom
    takenBefore
  }
  grants {
    kind
    name
    role
  }
}`) as unknown as TypedDocumentString<UnshareAlbumMutation, UnshareAlbumMutationVariables>;
export const LinksDocument = new TypedDocumentString(`
    query Links {
  links {
    ...Link
  }
}
    fragment Link on Link {
  id
  title
  createdAt
  expiresAt
  revokedAt
  open
  locked
  download
  showPlace
  showNames
  album
  items
  openings
}`) as unknown as TypedDocumentString<LinksQuery, LinksQueryVariables>;
export const CreateLinkDocument = new TypedDocumentString(`
    mutation CreateLink($target: LinkTarget!, $link: LinkInput!) {
  createLink(target: $target, link: $link) {
    token
    link {
      ...Link
    }
  }
}
    fragment Link on Link {
  id
  title
  createdAt
  expiresAt
  revokedAt
  open
  locked
  download
  showPlace
  showNames
  album
  items
  openings
}`) as unknown as TypedDocumentString<CreateLinkMutation, CreateLinkMutationVariables>;
export const UpdateLinkDocument = new TypedDocumentString(`
    mutation UpdateLink($id: ID!, $link: LinkInput!) {
  updateLink(id: $id, link: $link) {
    ...Link
  }
}
    fragment Link on Link {
  id
  title
  createdAt
  expiresAt
  revokedAt
  open
  locked
  download
  showPlace
  showNames
  album
  items
  openings
}`) as unknown as TypedDocumentString<UpdateLinkMutation, UpdateLinkMutationVariables>;
export const RevokeLinkDocument = new TypedDocumentString(`
    mutation RevokeLink($id: ID!) {
  revokeLink(id: $id) {
    ...Link
  }
}
    fragment Link on Link {
  id
  title
  createdAt
  expiresAt
  revokedAt
  open
  locked
  download
  showPlace
  showNames
  album
  items
  openings
}`) as unknown as TypedDocumentString<RevokeLinkMutation, RevokeLinkMutationVariables>;