import { FRAME_FLAGS, FRAME_HEADER_BYTES, LIMITS } from '../../protocol/index.js';
import type { MirrorChannel } from '../transport/types.js';
import { BatchEncoder, cut } from './encoder.js';
import type { MirrorEvent } from './rrweb-events.js';
import { Soon } from './soon.js';

/** Between two batches. The first after a pause doesn't wait. */
const BATCH_MILLISECONDS = 16;
/** Bytes that the network may be behind. Over it the epoch is given up, and a new one starts when it has caught up. */
const BEHIND_BYTES = LIMITS.peerBufferBytes / 2;
const CAUGHT_UP_BYTES = BEHIND_BYTES / 8;
const LOOK_MILLISECONDS = 50;
/** Events that may gather while a batch that is larger than the network's buffer goes out piece by piece. */
const GATHERED_EVENTS = 5000;
/** The server puts the sender's id into the header. */
const PIECE_BYTES = LIMITS.mirrorFrameBytes - FRAME_HEADER_BYTES - 255;
/** Epochs are numbered by the clock. No page is left, and the next one loaded and connected, in less time than this. */
const EPOCH_MILLISECONDS = 100;

/** Of this document, whoever recorded it. */
let lastEpoch = 0;

/** Gathers events into batches and sends them as the frames of an epoch. Holds nothing that can't be sent. */
export class EventSender {
  readonly #mirror: MirrorChannel;
  readonly #onWritable: () => void;
  readonly #release: () => void;
  readonly #soon = new Soon(() => this.flush());
  #encoder: BatchEncoder | null = null;
  #events: MirrorEvent[] = [];
  /** What is left to send of a batch. */
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #epoch = 0;
  #seq = 0;
  #sentAt = -Infinity;
  #dueTimer: ReturnType<typeof setTimeout> | undefined;
  #waitTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onWritable The channel is open and not behind, after it was not: time for an epoch. */
  constructor(mirror: MirrorChannel, onWritable: () => void) {
    this.#mirror = mirror;
    this.#onWritable = onWritable;
    this.#release = mirror.onOpenChange((open) => {
      this.halt();
      if (open) onWritable();
    });
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Sequence number of the frame that the next event leaves in, or begins to leave in. */
  get nextSeq(): number {
    return this.#seq + this.#pieces.length;
  }

  /** Whether events go out now. */
  get isSending(): boolean {
    return this.#encoder !== null;
  }

  /** Starts an epoch. Its number is above that of any page before, because it follows the clock. */
  begin(): void {
    this.halt();
    if (!this.#mirror.open) return;
    lastEpoch = Math.max(lastEpoch + 1, Math.floor(Date.now() / EPOCH_MILLISECONDS) % 2 ** 32) >>> 0;
    this.#epoch = lastEpoch;
    this.#seq = 0;
    this.#encoder = new BatchEncoder();
  }

  push(event: MirrorEvent): void {
    if (!this.#encoder) return;
    this.#events.push(event);
    if (this.#events.length > GATHERED_EVENTS && this.#pieces.length > 0) this.#fallBehind();
    else if (!this.#soon.isAsked && this.#dueTimer === undefined) this.#schedule();
  }

  /** Sends what was gathered, now. */
  flush(): void {
    this.#unschedule();
    if (!this.#encoder || this.#events.length === 0 || this.#pieces.length > 0) return;
    if (this.#mirror.bufferedBytes > BEHIND_BYTES) return this.#fallBehind();
    const events = this.#events;
    this.#events = [];
    this.#sentAt = performance.now();
    this.#pieces = cut(this.#encoder.encode(events), PIECE_BYTES);
    this.#sendPieces();
  }

  #sendPieces(): void {
    for (let payload = this.#pieces[0]; payload; payload = this.#pieces[0]) {
      const flags = (this.#seq === 0 ? FRAME_FLAGS.snapshot : 0) | (this.#pieces.length > 1 ? FRAME_FLAGS.more : 0);
      if (!this.#mirror.send({ kind: 'events', flags, epoch: this.#epoch, seq: this.#seq, payload }))
        return this.#wait();
      this.#pieces.shift();
      this.#seq += 1;
    }
    if (this.#events.length > 0) this.#schedule();
  }

  /** The channel took no more: the rest follows when it does. An epoch with a hole would be of no use to anybody. */
  #wait(): void {
    if (!this.#mirror.open) this.halt();
    else this.#waitTimer = setTimeout(() => this.#sendPieces(), LOOK_MILLISECONDS);
  }

  /** Gives the epoch up. */
  halt(): void {
    this.#unschedule();
    clearTimeout(this.#waitTimer);
    this.#encoder = null;
    this.#events = [];
    this.#pieces = [];
  }

  stop(): void {
    this.halt();
    this.#release();
    this.#soon.stop();
  }

  #schedule(): void {
    const wait = this.#sentAt + BATCH_MILLISECONDS - performance.now();
    // timers of a hidden tab are held back to one a second; messages are not
    if (wait <= 0 || document.hidden) this.#soon.ask();
    else this.#dueTimer = setTimeout(() => this.flush(), wait);
  }

  #unschedule(): void {
    clearTimeout(this.#dueTimer);
    this.#dueTimer = undefined;
    this.#soon.cancel();
  }

  #fallBehind(): void {
    this.halt();
    this.#waitTimer = setTimeout(() => this.#drain(), LOOK_MILLISECONDS);
  }

  #drain(): void {
    if (!this.#mirror.open) return;
    if (this.#mirror.bufferedBytes <= CAUGHT_UP_BYTES) this.#onWritable();
    else this.#waitTimer = setTimeout(() => this.#drain(), LOOK_MILLISECONDS);
  }
}
