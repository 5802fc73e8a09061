/** The frames of the running epoch, bounded: over the bound all are dropped, because a part is of no use. */
export class KeptEpoch {
  readonly #maxBytes: number;
  readonly #maxFrames: number;
  #frames: Uint8Array[] | undefined;
  #bytes = 0;
  #number: number | undefined;

  constructor(maxBytes: number, maxFrames: number) {
    this.#maxBytes = maxBytes;
    this.#maxFrames = maxFrames;
  }

  get number(): number | undefined {
    return this.#number;
  }

  /** All of the epoch, or undefined when it isn't whole. */
  get frames(): readonly Uint8Array[] | undefined {
    return this.#frames;
  }

  begin(number: number): void {
    this.#number = number;
    this.#frames = [];
    this.#bytes = 0;
  }

  keep(frame: Uint8Array): void {
    if (!this.#frames) return;
    this.#bytes += frame.length;
    if (this.#bytes > this.#maxBytes || this.#frames.length >= this.#maxFrames) this.#frames = undefined;
    else this.#frames.push(frame);
  }

  clear(): void {
    this.#frames = undefined;
    this.#number = undefined;
    this.#bytes = 0;
  }
}
