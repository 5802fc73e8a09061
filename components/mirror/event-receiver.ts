import { FRAME_FLAGS, type CobrowseError, type Frame } from '../../protocol/index.js';
import { BatchDecoder } from './decoder.js';

export type Received =
  /** A whole batch. `isFirst`: it starts an epoch. */
  | { kind: 'batch'; events: unknown[]; isFirst: boolean }
  /** Nothing to do: a piece of a batch, or of an epoch that is already given up. */
  | { kind: 'nothing' }
  | { kind: 'gap' }
  | { kind: 'failed'; error: CobrowseError };

const NOTHING: Received = { kind: 'nothing' };

/** Puts the frames of an epoch together again. After a gap or a failure it waits for the next epoch. */
export class EventReceiver {
  #decoder: BatchDecoder | null = null;
  #epoch = 0;
  #seq = 0;
  #isFirst = false;

  receive({ flags, epoch, seq, payload }: Frame): Received {
    const more = (flags & FRAME_FLAGS.more) !== 0;
    if ((flags & FRAME_FLAGS.snapshot) !== 0 && seq === 0) this.#begin(epoch);
    if (!this.#decoder) return NOTHING;
    if (epoch !== this.#epoch || seq !== this.#seq) {
      this.giveUp();
      return { kind: 'gap' };
    }
    this.#seq += 1;
    return this.#decode(payload, more);
  }

  /** What comes of this epoch from now on is left. */
  giveUp(): void {
    this.#decoder = null;
  }

  get isReceiving(): boolean {
    return this.#decoder !== null;
  }

  #begin(epoch: number): void {
    this.#decoder = new BatchDecoder();
    this.#epoch = epoch;
    this.#seq = 0;
    this.#isFirst = true;
  }

  #decode(payload: Uint8Array, more: boolean): Received {
    try {
      const events = this.#decoder!.push(payload, more);
      if (!events) return NOTHING;
      const isFirst = this.#isFirst;
      this.#isFirst = false;
      return { kind: 'batch', events, isFirst };
    } catch (error) {
      this.giveUp();
      return { kind: 'failed', error: error as CobrowseError };
    }
  }
}
