/** A click in this time was meant for what lay there before, milliseconds. */
const SETTLE_MILLISECONDS = 500;
const LOOK_MILLISECONDS = 100;

/**
 * Knows whether a question has been there, in its place, long enough to be read: an answer that comes sooner isn't one.
 * It starts again when the layout moves the question under the pointer; the person's own scrolling doesn't count.
 */
export class AnswerGuard {
  readonly #changed: () => void;
  #message: Element | null = null;
  #place = '';
  #since = 0;
  #isSettled = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param changed `isSettled` is another now */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isSettled(): boolean {
    this.#look();
    return this.#isSettled;
  }

  /** Whether it is a person's answer: an event of the browser itself, on words that have been there to be read. */
  accepts(event: Event): boolean {
    return event.isTrusted && this.isSettled;
  }

  /** The message of the question that is asked, or null. */
  watch(message: Element | null): void {
    if (message === this.#message) return;
    clearInterval(this.#timer);
    document.removeEventListener('scroll', this.#onScroll, true);
    this.#message = message;
    this.#place = '';
    this.#isSettled = false;
    if (!message) return;
    this.#timer = setInterval(() => this.#look(), LOOK_MILLISECONDS);
    document.addEventListener('scroll', this.#onScroll, { capture: true, passive: true });
    this.#look();
  }

  #look(): void {
    const place = placeOf(this.#message);
    const now = performance.now();
    if (place !== this.#place) this.#since = now;
    this.#place = place;
    const isSettled = place !== '' && now - this.#since >= SETTLE_MILLISECONDS;
    if (isSettled === this.#isSettled) return;
    this.#isSettled = isSettled;
    this.#changed();
  }

  readonly #onScroll = (): void => {
    this.#place = placeOf(this.#message);
  };
}

function placeOf(element: Element | null): string {
  const { left, top, width } = element?.getBoundingClientRect() ?? { left: 0, top: 0, width: 0 };
  return width === 0 ? '' : `${Math.round(left)} ${Math.round(top)}`;
}
