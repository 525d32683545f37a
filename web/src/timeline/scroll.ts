/** Browsers draw nothing beyond some 17 million pixels; a million pictures need more. */
const MOST = 8_000_000;

/**
 * Where a scroller stands in a list longer than browsers can scroll. Positions in the list are `scrollTop + offset`: the two
 * move as one, and long before the scroller reaches an end that is none, it is set back to its middle.
 */
export class Scroll {
  total = 0;
  view = 0;
  offset = 0;
  #top = 0;

  /** Height of what the scroller scrolls. */
  get content(): number {
    return Math.min(this.total, MOST);
  }

  get position(): number {
    return this.#top + this.offset;
  }

  /** The scroller says where it is. @returns where it should be instead, if it should */
  scrolled(top: number): number | undefined {
    const jumped = Math.abs(top - this.#top) > this.view * 4;
    const room = this.view * 4;
    const atTop = top < room && this.offset > 0;
    const atBottom = top > this.content - this.view - room && this.offset < this.total - this.content;
    this.#top = top;
    if (this.total <= MOST) {
      this.offset = 0;
      return undefined;
    }
    if (jumped && (top < 1 || top > this.content - this.view - 1)) {
      return this.goTo(top < 1 ? 0 : this.total);
    }
    return atTop || atBottom ? this.goTo(this.position) : undefined;
  }

  /** @returns where the scroller must be for this position to be at the top of the view */
  goTo(position: number): number {
    const wanted = Math.max(0, Math.min(position, this.total - this.view));
    const half = this.content / 2;
    this.#top = wanted < half ? wanted : Math.max(half, wanted - (this.total - this.content));
    this.offset = wanted - this.#top;
    return this.#top;
  }
}
