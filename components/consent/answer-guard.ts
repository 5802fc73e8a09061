/** A click in this time was meant for what lay there before, milliseconds. */
const SETTLE_MILLISECONDS = 500;

/**
 * Knows since when a question has been there to be read: an answer that comes sooner isn't one. It starts again when
 * the question becomes visible, or has moved under the pointer.
 */
export class AnswerGuard {
  #since = Infinity;
  #place = '';
  #observer: IntersectionObserver | undefined;

  /** Watches the message of a new question. */
  watch(message: Element): void {
    this.stop();
    this.#observer = new IntersectionObserver(([entry]) => {
      this.#since = entry?.isIntersecting ? performance.now() : Infinity;
      this.#place = placeOf(message);
    });
    this.#observer.observe(message);
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#since = Infinity;
  }

  /** The pointer comes near the buttons: a layout that has just moved them counts as new. */
  look(message: Element): void {
    const place = placeOf(message);
    if (place === this.#place) return;
    this.#place = place;
    this.#since = performance.now();
  }

  get isSettled(): boolean {
    return performance.now() - this.#since >= SETTLE_MILLISECONDS;
  }
}

function placeOf(element: Element): string {
  const { left, top } = element.getBoundingClientRect();
  return `${Math.round(left)} ${Math.round(top)}`;
}
