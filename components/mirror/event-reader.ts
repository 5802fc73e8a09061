import { Inflate } from 'fflate';
import { FRAME_FLAGS, LIMITS, type Frame } from '../../protocol/index.js';

/** The stream can't be read on: a gap in the frames, or bytes that are no events. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  readonly reason: 'gap' | 'failed';

  constructor(reason: 'gap' | 'failed', message: string) {
    super(message);
    this.reason = reason;
  }
}

const decoder = new TextDecoder();

/** Turns the frames of an epoch back into batches of events. */
export class EventReader {
  #epoch = 0;
  #next = 0;
  #inflate: Inflate | undefined;
  #pieces: Uint8Array[] = [];
  #bytes = 0;

  /** Whether an epoch is being read; without one, frames that don't begin one are passed over. */
  get isReading(): boolean {
    return this.#inflate !== undefined;
  }

  /** @returns the batch that this frame completes, or undefined. @throws {StreamError} then nothing more of this epoch is read. */
  read({ flags, epoch, seq, payload }: Frame): unknown[] | undefined {
    if (seq === 0 && flags & FRAME_FLAGS.snapshot) this.#begin(epoch);
    if (!this.#inflate || epoch !== this.#epoch) return undefined;
    if (seq !== this.#next) return this.#fail('gap', `frame ${seq} in place of ${this.#next}`);
    this.#next++;
    this.#push(payload);
    return flags & FRAME_FLAGS.more ? undefined : this.#parse();
  }

  /** What comes next has to begin an epoch. */
  reset(): void {
    this.#inflate = undefined;
    this.#pieces = [];
    this.#bytes = 0;
  }

  #begin(epoch: number): void {
    this.reset();
    this.#epoch = epoch;
    this.#next = 0;
    this.#inflate = new Inflate((piece) => {
      this.#bytes += piece.length;
      if (this.#bytes > LIMITS.inflatedFrameBytes) throw new RangeError('too much when inflated');
      this.#pieces.push(piece);
    });
  }

  #push(payload: Uint8Array): void {
    try {
      // in pieces, so that a bomb is noticed before all of it has been inflated
      for (let at = 0; at < payload.length; at += 65_536) this.#inflate!.push(payload.subarray(at, at + 65_536));
    } catch (error) {
      this.#fail('failed', String(error));
    }
  }

  #parse(): unknown[] {
    const text = this.#pieces
      .map((piece, index, all) => decoder.decode(piece, { stream: index < all.length - 1 }))
      .join('');
    this.#pieces = [];
    this.#bytes = 0;
    try {
      const batch = JSON.parse(text) as unknown;
      if (Array.isArray(batch)) return batch as unknown[];
    } catch {
      // named below
    }
    return this.#fail('failed', 'a batch that is no list of events');
  }

  #fail(reason: 'gap' | 'failed', message: string): never {
    this.reset();
    throw new StreamError(reason, message);
  }
}
