import { ask } from './api/client';
import { connection } from './api/connection.svelte';
import { ChangesDocument } from './api/generated/graphql';

/** Milliseconds from one question to the next. */
const EVERY = 20_000;
/** Who did nothing for so long needs no news. */
const ACTIVE = 60_000;
/** The API sleeps when nobody asks for a minute: a page that finds it asleep lets it sleep. */
const AWAKE = 50_000;
/** Coming back to a page is told by two events. */
const APART = 2_000;

const ACTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * What changes in the library while its page is open. It is asked for when somebody comes back to the page, and now and then as
 * long as they look at it and do something; by itself it keeps nothing awake.
 */
export class News {
  #token: string | undefined;
  #asking: Promise<void> | undefined;
  #askedAt = 0;
  #actedAt = Date.now();

  /** @param told with the ids of what came, changed or went; undefined: anything may have */
  constructor(readonly told: (ids: readonly string[] | undefined) => void) {}

  /** From now on: what is read after this is up to date. */
  async begin() {
    try {
      this.#token = (await ask(ChangesDocument, { since: null })).changes.token;
    } catch {
      // Whatever else is asked says why.
    }
  }

  /** One look at a time. */
  look(): Promise<void> {
    this.#asking ??= this.#ask()
      .catch(() => undefined)
      .then(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask() {
    this.#askedAt = Date.now();
    const ids = new Set<string>();
    let known = true;
    for (let more = true; more; ) {
      const { changes } = await ask(ChangesDocument, { since: this.#token ?? null });
      this.#token = changes.token;
      changes.assets.forEach(({ id }) => ids.add(id));
      changes.gone.forEach((id) => ids.add(id));
      known &&= changes.status === 'CONTINUED';
      more = changes.more;
    }
    if (!known) {
      this.told(undefined);
    } else if (ids.size > 0) {
      this.told([...ids]);
    }
  }

  /** Whether somebody is at the page, and the API awake for them. */
  #wanted(now: number): boolean {
    return !document.hidden && document.hasFocus() && now - this.#actedAt < ACTIVE && now - connection.askedAt < AWAKE;
  }

  /** @returns what ends it */
  start(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    const acted = () => (this.#actedAt = Date.now());
    ACTS.forEach((act) => addEventListener(act, acted, { signal, passive: true }));
    const back = () => {
      acted();
      if (!document.hidden && Date.now() - this.#askedAt > APART) {
        void this.look();
      }
    };
    document.addEventListener('visibilitychange', back, { signal });
    addEventListener('focus', back, { signal });
    const timer = setInterval(() => this.#wanted(Date.now()) && void this.look(), EVERY);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }
}
