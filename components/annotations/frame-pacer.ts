/** Calls at once the first time it is asked in a frame, and once more in the next frame if it was asked again. */
export class FramePacer {
  readonly #call: () => void;
  #frame = 0;
  #again = false;

  constructor(call: () => void) {
    this.#call = call;
  }

  request(): void {
    if (this.#frame !== 0) {
      this.#again = true;
      return;
    }
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#again) return;
      this.#again = false;
      this.request();
    });
    this.#call();
  }

  /** Forgets what was asked for. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#again = false;
  }
}
