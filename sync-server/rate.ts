/** A token bucket: so many a second, and a burst of as many as pass in `burstSeconds`. */
export class Rate {
  readonly #perSecond: number;
  readonly #most: number;
  #left: number;
  #at = performance.now();

  constructor(perSecond: number, burstSeconds = 2) {
    this.#perSecond = perSecond;
    this.#most = Math.max(1, perSecond * burstSeconds);
    this.#left = this.#most;
  }

  /** @returns false when it is one too many. */
  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** How many may be taken now. */
  get left(): number {
    return Math.floor(this.#left);
  }

  /** Whether nothing was taken lately, so that it can be forgotten. */
  get idle(): boolean {
    return this.#left + ((performance.now() - this.#at) / 1000) * this.#perSecond >= this.#most;
  }
}
