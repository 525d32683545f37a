import { ask, Offline } from '../api/client';
import { ArrivedDocument, EditAssetsDocument } from '../api/generated/graphql';

/** Tags that a person chose for a file before it was sent, by the SHA-256 of its content. */
export type Chosen = { sha256: string; tags: string[]; at: number };

const PLACE = 'memoir.tags';
/** Milliseconds after which an upload will not arrive any more. */
const FORGOTTEN = 7 * 24 * 3_600_000;
/** Milliseconds until it is looked whether an upload has become a picture. */
const LOOKS = [1_500, 3_000, 6_000, 12_000, 30_000, 60_000, 120_000, 300_000];

/** What was chosen and not set yet. It outlives a reload: pictures appear a while after they were sent. */
export const chosen = {
  all(): Chosen[] {
    try {
      const all = JSON.parse(localStorage.getItem(PLACE) ?? '[]') as Chosen[];
      return all.filter(({ at }) => Date.now() - at < FORGOTTEN);
    } catch {
      return [];
    }
  },

  keep(sha256: string, tags: readonly string[]) {
    write([...this.all().filter((one) => one.sha256 !== sha256), { sha256, tags: [...tags], at: Date.now() }]);
  },

  drop(sha256: string) {
    write(this.all().filter((one) => one.sha256 !== sha256));
  },
};

function write(all: readonly Chosen[]) {
  if (all.length === 0) {
    localStorage.removeItem(PLACE);
  } else {
    localStorage.setItem(PLACE, JSON.stringify(all));
  }
}

let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Sets the tags of what has arrived, and looks again, less and less often, for what has not.
 *
 * @param tagged told when some were set
 */
export function tagWhatArrives(tagged: () => void, look = 0) {
  clearTimeout(timer);
  if (chosen.all().length > 0 && look < LOOKS.length) {
    timer = setTimeout(() => {
      void tagThem(tagged).then(() => tagWhatArrives(tagged, look + 1));
    }, LOOKS[look]);
  }
}

async function tagThem(tagged: () => void) {
  for (const { sha256, tags } of chosen.all()) {
    try {
      const { asset } = await ask(ArrivedDocument, { sha256 });
      if (!asset) {
        continue;
      }
      if (asset.mayChange) {
        await ask(EditAssetsDocument, { ids: [asset.id], edit: { addTags: tags } });
        tagged();
      }
      chosen.drop(sha256);
    } catch (failure) {
      if (failure instanceof Offline) {
        return;
      }
    }
  }
}
