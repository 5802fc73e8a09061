import { FRAME_FLAGS, type Frame } from '../protocol/index.js';

/** Whether a frame is the first of an epoch. */
export function beginsEpoch({ kind, flags, seq }: Frame): boolean {
  return kind === 'events' && seq === 0 && (flags & FRAME_FLAGS.snapshot) !== 0;
}

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

  /** Held in memory now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** All of the epoch in order, or undefined when it isn't whole. A new array for each epoch. */
  get frames(): readonly Uint8Array[] | undefined {
    return this.#frames;
  }

  begin(number: number): void {
    this.#number = number;
    this.#frames = [];
    this.#bytes = 0;
  }

  /** @param stamped the frame as it is passed on. */
  keep({ seq }: Frame, stamped: Uint8Array): void {
    if (!this.#frames) return;
    // one is missing: what is kept can't be played
    const isNext = seq === this.#frames.length;
    if (!isNext || this.#bytes + stamped.length > this.#maxBytes || this.#frames.length >= this.#maxFrames) {
      this.#drop();
      return;
    }
    this.#bytes += stamped.length;
    this.#frames.push(stamped);
  }

  clear(): void {
    this.#number = undefined;
    this.#drop();
  }

  #drop(): void {
    this.#frames = undefined;
    this.#bytes = 0;
  }
}
