/** Whether answers come, and how: what the quiet sign at the edge of the page says. */
class Connection {
  online = $state(true);
  /** A question has waited so long that a person notices. */
  waking = $state(false);
  /** Seconds until a busy API is asked again. */
  busy = $state(0);

  /** When something was asked last, in milliseconds since 1970. */
  askedAt = 0;

  #slow = 0;

  /** @returns to be called when the answer has come */
  asked(noticeable: number): () => void {
    this.askedAt = Date.now();
    let slow = false;
    const timer = setTimeout(() => {
      slow = true;
      this.#slow++;
      this.waking = true;
    }, noticeable);
    return () => {
      clearTimeout(timer);
      if (slow && --this.#slow === 0) {
        this.waking = false;
      }
    };
  }

  async pause(seconds: number, signal?: AbortSignal) {
    this.busy = Math.max(this.busy, seconds);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    this.busy = 0;
    signal?.throwIfAborted();
  }
}

export const connection = new Connection();
