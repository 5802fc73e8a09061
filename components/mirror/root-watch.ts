/** A document that is still loading is sent when it has loaded; one that takes longer than this is looked at before. */
const PATIENCE_MILLISECONDS = 1000;

/**
 * Tells when a document gets another root element, or a frame another kind of page: rrweb records neither
 * `document.write` nor `document.replaceChild`, nor that a frame has gone to another origin.
 */
export class RootWatch {
  readonly #isStale: (inner: Document) => boolean;
  readonly #changed: () => void;
  readonly #observer = new MutationObserver((records) => this.#onRecords(records));
  readonly #shown = new WeakMap<Element, Document>();
  readonly #onLoad = ({ target }: Event): void => this.#onFrameLoad(target as Element);

  /**
   * @param isStale Whether a frame's document isn't what the mirror shows.
   * @param changed Called when the page must be sent anew.
   */
  constructor(isStale: (inner: Document) => boolean, changed: () => void) {
    this.#isStale = isStale;
    this.#changed = changed;
    this.#observer.observe(document, { childList: true });
    document.addEventListener('load', this.#onLoad, true);
  }

  /** A frame's document that has been sent. */
  add(inner: Document): void {
    this.#observer.observe(inner, { childList: true });
    const frame = inner.defaultView?.frameElement;
    if (frame) this.#shown.set(frame, inner);
  }

  stop(): void {
    this.#observer.disconnect();
    document.removeEventListener('load', this.#onLoad, true);
  }

  #onRecords(records: readonly MutationRecord[]): void {
    const changed = records.filter(({ addedNodes }) => [...addedNodes].some(isElement));
    for (const inner of new Set(changed.map(({ target }) => target as Document))) {
      if (inner === document) this.#changed();
      else if (this.#isStale(inner)) this.#onStale(inner);
    }
  }

  #onStale(inner: Document): void {
    if (inner.readyState !== 'loading') this.#changed();
    else setTimeout(() => inner.defaultView && this.#isStale(inner) && this.#changed(), PATIENCE_MILLISECONDS);
  }

  /** What the mirror shows in the frame is out of our reach now, and out of the consumer's sight. */
  #onFrameLoad(element: Element): void {
    if (!this.#shown.has(element) || (element as HTMLIFrameElement).contentDocument) return;
    this.#shown.delete(element);
    this.#changed();
  }
}

function isElement(node: Node): boolean {
  return node.nodeType === Node.ELEMENT_NODE;
}
