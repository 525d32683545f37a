import type { Selection } from './selection.svelte';

/** A finger that rests so long on a picture begins to choose. */
const LONG_PRESS = 420;
const TREMBLE = 10;

/** Choosing many pictures by drawing over them: with the mouse from a picture on, with a finger after a long press. */
export class Sweep {
  #begin: { x: number; y: number; index: number } | undefined;
  #sweeping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -1;

  constructor(readonly selection: () => Selection) {}

  attach = (node: HTMLElement) => {
    const stop = new AbortController();
    const { signal } = stop;
    node.addEventListener('pointerdown', (event) => this.#down(event, node), { signal });
    node.addEventListener('pointermove', (event) => this.#move(event), { signal });
    window.addEventListener('pointerup', () => this.#end(), { signal });
    window.addEventListener('pointercancel', () => this.#end(), { signal });
    // While a finger chooses, the page must not scroll; and a drag is not a click on the picture it ends on.
    node.addEventListener('touchmove', (event) => this.#sweeping && event.preventDefault(), { signal, passive: false });
    node.addEventListener('contextmenu', (event) => this.#sweeping && event.preventDefault(), { signal });
    return { destroy: () => stop.abort() };
  };

  #down(event: PointerEvent, node: HTMLElement) {
    const index = indexOf(event.target);
    if (event.button !== 0 || index === undefined || (event.target as HTMLElement).closest('button')) {
      return;
    }
    this.#begin = { x: event.clientX, y: event.clientY, index };
    if (event.pointerType === 'touch') {
      this.#timer = setTimeout(() => this.#start(node), LONG_PRESS);
    }
  }

  #move(event: PointerEvent) {
    const begin = this.#begin;
    if (!begin) {
      return;
    }
    const moved = Math.hypot(event.clientX - begin.x, event.clientY - begin.y) > TREMBLE;
    if (!this.#sweeping && moved) {
      if (event.pointerType === 'touch') {
        this.#end();
        return;
      }
      this.#start(event.currentTarget as HTMLElement);
    }
    if (this.#sweeping) {
      const index = indexOf(document.elementFromPoint(event.clientX, event.clientY));
      if (index !== undefined && index !== this.#last) {
        this.#last = index;
        void this.selection().extend(index);
      }
    }
  }

  #start(node: HTMLElement) {
    this.#sweeping = true;
    this.#last = this.#begin!.index;
    void this.selection().toggle(this.#begin!.index);
    node.addEventListener('click', notAClick, { capture: true, once: true });
    setTimeout(() => window.addEventListener('pointerup', () => setTimeout(() => node.removeEventListener('click', notAClick, true)), { once: true }));
  }

  #end() {
    clearTimeout(this.#timer);
    this.#begin = undefined;
    this.#sweeping = false;
  }
}

function notAClick(event: Event) {
  event.preventDefault();
  event.stopPropagation();
}

function indexOf(target: EventTarget | null): number | undefined {
  const text = (target as HTMLElement | null)?.closest<HTMLElement>('[data-index]')?.dataset.index;
  return text === undefined ? undefined : Number(text);
}
