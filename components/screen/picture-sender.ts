import {
  decodeControl,
  encodeJson,
  FRAME_FLAGS,
  writeScreenPicture,
  type ScreenPicture,
} from '../../protocol/index.js';
import type { MirrorChannel } from '../transport/types.js';

/**
 * A picture waits for so long after its frame was captured: a page of ours that has come into view meanwhile could be in it, and
 * needs a moment to say so. Most of it goes by while the picture is encoded.
 */
const HOLD_MILLISECONDS = 20;
/** Bytes that wait for the network, over which nothing more is encoded. */
const MAX_BUFFERED = 96 * 1024;
/** An answer of the server that takes longer: pictures wait somewhere on the way. */
const SLOW_MILLISECONDS = 400;
const PICTURES_A_PING = 8;
const SLOWER = 0.7;
const FASTER = 1.15;
const SLOWER_EVERY = 1000;
const FASTER_EVERY = 3000;

export interface PictureSenderOptions {
  mirror: MirrorChannel;
  /** Whether pictures may leave at this moment. */
  isWanted(): boolean;
  /** The next picture must be a key picture. */
  requestKey(): void;
  /** Times as many bits a second as now. */
  scaleBitrate(factor: number): void;
}

/** Sends pictures while they are wanted, no more than the network takes, and says how many bits a second it takes. */
export class PictureSender {
  readonly #options: PictureSenderOptions;
  readonly #release: (() => void)[];
  #held: { picture: ScreenPicture; due: number }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #epoch = 0;
  /** Null: the stream has not begun, and begins with a key picture. */
  #seq: number | null = null;
  #sent = 0;
  #pingedAt: number | null = null;
  #slowerAt = -Infinity;
  #changedAt = performance.now();

  constructor(options: PictureSenderOptions) {
    this.#options = options;
    const { mirror } = options;
    this.#release = [
      mirror.onOpenChange(() => this.begin()),
      mirror.onFrame('control', ({ payload }) => {
        const message = decodeControl(payload);
        if (message?.type === 'pong' && message.at === this.#pingedAt) this.#onPong();
      }),
    ];
  }

  /** Starts another stream. What is held is forgotten. */
  begin(): void {
    clearTimeout(this.#timer);
    this.#held = [];
    this.#seq = null;
    this.#pingedAt = null;
    this.#options.requestKey();
  }

  /** Whether one more picture is worth being encoded. */
  get isReady(): boolean {
    const { mirror } = this.#options;
    if (!mirror.open) return false;
    const isFull = mirror.bufferedBytes > MAX_BUFFERED;
    const isLate = this.#pingedAt !== null && performance.now() - this.#pingedAt > SLOW_MILLISECONDS;
    if (isFull || isLate) this.#slower();
    else this.#faster();
    return !isFull && !isLate;
  }

  /** @param capturedAt when its frame was captured, by `performance.now()` */
  send(picture: ScreenPicture, capturedAt: number): void {
    this.#held.push({ picture, due: capturedAt + HOLD_MILLISECONDS });
    this.flush();
  }

  /** Sends what has waited for long enough. Called with each frame too: timers of a hidden page are slow. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    if (!this.#options.isWanted()) return this.begin();
    const now = performance.now();
    for (let first = this.#held[0]; first; first = this.#held[0]) {
      if (first.due > now) {
        this.#timer = setTimeout(this.flush, first.due - now);
        return;
      }
      this.#held.shift();
      this.#sendNow(first.picture);
    }
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#held = [];
    for (const release of this.#release) release();
  }

  #sendNow(picture: ScreenPicture): void {
    const isKey = picture.key !== null;
    if (this.#seq === null && !isKey) return;
    if (this.#seq === null) this.#epoch = nextEpoch(this.#epoch);
    const seq = this.#seq ?? 0;
    const { mirror } = this.#options;
    const frame = { kind: 'screen', flags: isKey ? FRAME_FLAGS.snapshot : 0, epoch: this.#epoch, seq } as const;
    let isSent = false;
    try {
      isSent = mirror.send({ ...frame, payload: writeScreenPicture(picture) });
    } catch {
      // larger than a frame may be: the next one is made with fewer bits
      this.#slower();
    }
    if (!isSent) return this.begin();
    this.#seq = seq + 1;
    if (++this.#sent % PICTURES_A_PING === 0) this.#ping();
  }

  #ping(): void {
    if (this.#pingedAt !== null) return;
    this.#pingedAt = performance.now();
    const { mirror } = this.#options;
    if (!mirror.send({ kind: 'control', payload: encodeJson({ type: 'ping', at: this.#pingedAt }) }))
      this.#pingedAt = null;
  }

  #onPong(): void {
    const isLate = performance.now() - this.#pingedAt! > SLOW_MILLISECONDS;
    this.#pingedAt = null;
    if (isLate) this.#slower();
  }

  #slower(): void {
    const now = performance.now();
    this.#changedAt = now;
    if (now - this.#slowerAt < SLOWER_EVERY) return;
    this.#slowerAt = now;
    this.#options.scaleBitrate(SLOWER);
  }

  #faster(): void {
    const now = performance.now();
    if (now - this.#changedAt < FASTER_EVERY) return;
    this.#changedAt = now;
    this.#options.scaleBitrate(FASTER);
  }
}

/** By the clock, so that two pages of one session never share one. */
function nextEpoch(last: number): number {
  return Math.max((last + 1) >>> 0, Math.floor(Date.now() / 10) >>> 0);
}
