/** Looks again and again, as long as somebody is looking at the page. What was seen last stays while nothing answers. */
export class Watch<T> {
  value = $state.raw<T>();
  /** Why the last look failed. */
  failure = $state.raw<unknown>();
  /** When the value was seen. */
  seenAt = $state.raw<Date>();

  #asking: Promise<void> | undefined;

  /** @param pause milliseconds from one look to the next */
  constructor(
    readonly look: () => Promise<T>,
    readonly pause: number,
  ) {}

  /** One look at a time. */
  now(): Promise<void> {
    this.#asking ??= this.look()
      .then(
        (value) => {
          this.value = value;
          this.failure = undefined;
          this.seenAt = new Date();
        },
        (failure: unknown) => (this.failure = failure),
      )
      .then(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** @returns what ends it: an effect's clean-up */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const turn = async () => {
      clearTimeout(timer);
      if (!document.hidden) {
        await this.now();
      }
      if (!ended) {
        clearTimeout(timer);
        timer = setTimeout(() => void turn(), this.pause);
      }
    };
    const seen = () => !document.hidden && void turn();
    document.addEventListener('visibilitychange', seen);
    void turn();
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }
}
