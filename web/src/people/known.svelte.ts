import { SvelteMap } from 'svelte/reactivity';
import { ask } from '../api/client';
import { PersonDocument, type PersonCardFragment } from '../api/generated/graphql';
import { words } from '../words';

export type Person = PersonCardFragment;

/** The people whose names a page shows beside its pictures, by the ids that it has them by, which may be old ones. */
class Known {
  /** Counts up with every decision, whichever page made it: what shows people or their pictures reads them again. */
  version = $state(0);
  #people = new SvelteMap<string, Person | null>();

  /** The person as last seen; null when the caller sees none of their faces; undefined while that is not known. */
  get(id: string): Person | null | undefined {
    return this.#people.get(id);
  }

  name(id: string): string {
    return this.get(id)?.name ?? words.people.unnamed;
  }

  async look(id: string): Promise<Person | null> {
    const person = (await ask(PersonDocument, { id })).person ?? null;
    this.#people.set(id, person);
    return person;
  }

  changed() {
    this.version++;
  }
}

export const known = new Known();
