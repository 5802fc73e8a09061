/** Tell of places that change without a mutation: images that load, transitions, details that open. */
const HINTS = ['load', 'transitionrun', 'transitionend', 'animationstart', 'animationend', 'toggle', 'input'] as const;

/**
 * Listens, in the documents that hold ink, for what moves things. `onMove`: boxes are elsewhere; `onLayout`: styles or
 * structure changed too. What no event tells of is left to the caller's own looking now and then.
 */
export class LayoutWatch {
  readonly #onMove: () => void;
  readonly #onLayout: () => void;
  readonly #documents = new Map<Document, () => void>();

  constructor(onMove: () => void, onLayout: () => void) {
    this.#onMove = onMove;
    this.#onLayout = onLayout;
  }

  /** Watches these documents and no others. */
  watch(documents: ReadonlySet<Document>): void {
    for (const [document, stop] of this.#documents) {
      if (documents.has(document)) continue;
      this.#documents.delete(document);
      stop();
    }
    for (const document of documents) {
      if (!this.#documents.has(document)) this.#documents.set(document, this.#listen(document));
    }
  }

  stop(): void {
    this.watch(new Set());
  }

  #listen(document: Document): () => void {
    const listeners = new AbortController();
    const options = { capture: true, passive: true, signal: listeners.signal };
    document.addEventListener('scroll', this.#onMove, options);
    for (const hint of HINTS) document.addEventListener(hint, this.#onLayout, options);
    document.defaultView?.addEventListener('resize', this.#onLayout, options);
    const mutations = new MutationObserver(this.#onLayout);
    mutations.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const sizes = new ResizeObserver(this.#onMove);
    if (document.documentElement) sizes.observe(document.documentElement);
    return () => {
      listeners.abort();
      mutations.disconnect();
      sizes.disconnect();
    };
  }
}
