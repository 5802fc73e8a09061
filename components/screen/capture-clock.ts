/** Clocks that differ by so much more than before were stopped meanwhile, as by sleep. */
const JUMP_MILLISECONDS = 2000;

/**
 * When a frame was captured, by this page's clock. A frame says so by a clock of its own: the one that came the fastest so far
 * tells how far the two are apart. Later by the way of that one, a few milliseconds.
 */
export class CaptureClock {
  #offset = Infinity;

  /** @param timestamp of the frame, microseconds. @param now by `performance.now()`. */
  timeOf(timestamp: number, now: number): number {
    const offset = now - timestamp / 1000;
    const isJump = Math.abs(offset - this.#offset) > JUMP_MILLISECONDS;
    this.#offset = isJump ? offset : Math.min(this.#offset, offset);
    return timestamp / 1000 + this.#offset;
  }
}
