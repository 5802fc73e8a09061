/** Between two requests; the last one holds from then on. */
const PAUSES = [1000, 2000, 4000, 8000, 16_000, 30_000];
/** An epoch that has lasted so long was a good one. */
const CALM_MILLISECONDS = 30_000;

export type EpochReason = 'gap' | 'failed';

/** Asks for a new epoch: at once the first time, then with growing pauses until one has started and lasts. */
export class EpochRequests {
  readonly #ask: (reason: EpochReason) => void;
  #asked = 0;
  #askedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (reason: EpochReason) => void) {
    this.#ask = ask;
  }

  /** The stream can't be continued. Does nothing while a request is under way. */
  want(reason: EpochReason): void {
    if (this.#timer !== undefined) return;
    const since = performance.now() - this.#askedAt;
    if (since > CALM_MILLISECONDS) this.#asked = 0;
    const wait = this.#asked === 0 ? 0 : Math.max(0, this.#pause - since);
    if (wait === 0) this.#request(reason);
    else this.#timer = setTimeout(() => this.#request(reason), wait);
  }

  /** An epoch has started. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #pause(): number {
    return PAUSES[Math.min(this.#asked, PAUSES.length) - 1] ?? 0;
  }

  #request(reason: EpochReason): void {
    this.#asked += 1;
    this.#askedAt = performance.now();
    // again, when nothing comes of it
    this.#timer = setTimeout(() => this.#request(reason), this.#pause);
    this.#ask(reason);
  }
}
