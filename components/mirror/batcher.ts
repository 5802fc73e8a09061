const frameMilliseconds = 16;

/** Gathers events: the first after a pause leaves in the same task, later ones at most once in 16 ms. */
export class Batcher<T> {
  readonly #send: (batch: T[]) => void;
  #batch: T[] = [];
  #last = 0;
  #isPlanned = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (batch: T[]) => void) {
    this.#send = send;
  }

  add(event: T): void {
    this.#batch.push(event);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    const wait = this.#last + frameMilliseconds - performance.now();
    // in a hidden page timers run once a second
    if (wait <= 0 || document.hidden) queueMicrotask(() => this.flush());
    else this.#timer = setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#isPlanned = false;
    this.#last = performance.now();
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length > 0) this.#send(batch);
  }

  /** Forgets what was gathered. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#isPlanned = false;
    this.#batch = [];
  }
}
