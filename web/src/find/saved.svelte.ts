import { ask } from '../api/client';
import { DeleteSavedSearchDocument, SavedSearchesDocument, SaveSearchDocument, type SavedSearchFragment } from '../api/generated/graphql';
import { textOf } from '../map/boxes';
import { filterOf, NO_QUERY, type Mark, type Query } from '../route.svelte';
import { session } from '../session/session.svelte';

export type SavedSearch = { id: string; name: string; query: Query };

/** What a saved search asks for; none where another program saved what this page can't say. */
export function queryOf({ words, filter }: SavedSearchFragment): Query | undefined {
  const { takenFrom, takenBefore, ratings, favourite, archived } = filter;
  if (takenFrom || takenBefore || ratings.length > 0 || favourite === false || archived === false) {
    return undefined;
  }
  const marks: Mark[] = [...(favourite ? ['favourite' as const] : []), ...(archived ? ['archived' as const] : [])];
  const { text, people, labels, cameras, years, kinds, box } = filter;
  return { ...NO_QUERY, text: text ?? '', words: words ?? '', people, labels, cameras, years, kinds, marks, box: box ? textOf(box) : '' };
}

/** The searches that somebody keeps, the latest saved first. */
class Saved {
  #all = $state.raw<{ of: string; searches: readonly SavedSearch[] }>({ of: '', searches: [] });

  /** Of whoever is signed in now. */
  get all(): readonly SavedSearch[] {
    return this.#all.of === session.subject ? this.#all.searches : [];
  }

  async load() {
    const { savedSearches } = await ask(SavedSearchesDocument, {});
    const searches = savedSearches.flatMap((one) => {
      const query = queryOf(one);
      return query ? [{ id: one.id, name: one.name, query }] : [];
    });
    this.#all = { of: session.subject, searches };
  }

  async save(name: string, query: Query) {
    await ask(SaveSearchDocument, { name, words: query.words || null, filter: filterOf({ page: 'library', query }) });
    await this.load();
  }

  async remove(id: string) {
    await ask(DeleteSavedSearchDocument, { id });
    await this.load();
  }
}

export const saved = new Saved();
