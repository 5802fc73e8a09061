import { Deflate } from 'fflate';
import { FRAME_FLAGS, FRAME_HEADER_BYTES, LIMITS } from '../../protocol/index.js';
import type { MirrorChannel } from '../transport/types.js';

const encoder = new TextEncoder();
const largestPayload = LIMITS.mirrorFrameBytes - FRAME_HEADER_BYTES;

/** Writes batches of events into the deflate stream of one epoch, as frames. */
export class EventWriter {
  readonly epoch: number;
  readonly #mirror: MirrorChannel;
  readonly #deflate: Deflate;
  #pieces: Uint8Array[] = [];
  #seq = 0;

  constructor(mirror: MirrorChannel, epoch: number) {
    this.#mirror = mirror;
    this.epoch = epoch;
    this.#deflate = new Deflate({ level: 4 }, (piece) => this.#pieces.push(piece));
  }

  /** @returns false when the channel did not take it: then the epoch is broken. */
  write(batch: readonly unknown[]): boolean {
    this.#deflate.push(encoder.encode(JSON.stringify(batch)));
    // ends on a byte boundary, so that the other side can inflate all of it now
    this.#deflate.flush(true);
    const bytes = join(this.#pieces);
    this.#pieces = [];
    for (let at = 0; at < bytes.length; at += largestPayload) {
      if (!this.#send(bytes.subarray(at, at + largestPayload), at + largestPayload < bytes.length)) return false;
    }
    return true;
  }

  #send(payload: Uint8Array<ArrayBuffer>, more: boolean): boolean {
    const flags = (this.#seq === 0 ? FRAME_FLAGS.snapshot : 0) | (more ? FRAME_FLAGS.more : 0);
    return this.#mirror.send({ kind: 'events', flags, epoch: this.epoch, seq: this.#seq++, payload });
  }
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
