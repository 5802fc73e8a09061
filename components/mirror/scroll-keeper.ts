import type { ScrollPlace } from './incoming-nodes.js';

/**
 * Scrolls the mirror to where the page is, without the page's own smooth scrolling. What can't be reached yet, because
 * pictures or styles are still to come, is tried again.
 */
export class ScrollKeeper {
  readonly #nodeOf: (id: number) => Node | null;
  readonly #unreached = new Map<number, ScrollPlace>();

  constructor(nodeOf: (id: number) => Node | null) {
    this.#nodeOf = nodeOf;
  }

  reset(): void {
    this.#unreached.clear();
  }

  scroll(place: ScrollPlace): void {
    if (this.#apply(place)) this.#unreached.delete(place.id);
    else this.#unreached.set(place.id, place);
  }

  /** Something has changed that may make room. */
  retry(): void {
    for (const place of [...this.#unreached.values()]) this.scroll(place);
  }

  /** @returns whether it got there, or never will. */
  #apply({ id, x, y }: ScrollPlace): boolean {
    const node = this.#nodeOf(id);
    const element =
      node?.nodeType === Node.DOCUMENT_NODE ? (node as Document).scrollingElement : (node as Element | null);
    if (!element?.scrollTo) return node === null;
    element.scrollTo({ left: x, top: y, behavior: 'instant' });
    return Math.abs(element.scrollLeft - x) <= 1 && Math.abs(element.scrollTop - y) <= 1;
  }
}
