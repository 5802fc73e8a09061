import type { InkMessage } from '../../protocol/index.js';
import { anchorsFor, positionOf } from './anchor.js';
import { FramePacer } from './frame-pacer.js';
import type { InkSpace } from './ink-space.js';
import type { Point } from './places.js';

interface LaserOptions {
  space: InkSpace;
  color(): string;
  emit(message: InkMessage): void;
}

type LaserMessage = Extract<InkMessage, { type: 'laser' }>;

/** A mouse that reports 1000 times a second need not fill a message: the trail is as smooth with these. */
const POINTS_PER_MESSAGE = 16;
const KEEP_ALIVE_MILLISECONDS = 3000;
/** A place that moved by less under the resting pointer is not worth a message. CSS pixels. */
const DRIFT = 0.75;

/** The laser at its author's side: places of the pointer become messages, at most one per frame. */
export class LaserSource {
  readonly #options: LaserOptions;
  readonly #pacer = new FramePacer(() => {
    this.#send();
  });
  #waiting: Point[] = [];
  #at: Point | null = null;
  #sent: LaserMessage | null = null;
  #sentAt = 0;

  constructor(options: LaserOptions) {
    this.#options = options;
  }

  get on(): boolean {
    return this.#at !== null;
  }

  /** The pointer was at these places since the last call; the last one is where it is. */
  move(points: readonly Point[]): void {
    this.#at = points.at(-1) ?? this.#at;
    this.#waiting.push(...points);
    if (this.#waiting.length > 0) this.#pacer.request();
  }

  /** The pointer has left, or the tool was put away. */
  off(): void {
    this.#pacer.stop();
    this.#waiting = [];
    this.#at = null;
    if (!this.#sent) return;
    this.#sent = null;
    this.#options.emit({ type: 'laser', color: this.#options.color(), points: null });
  }

  /** Called now and then: the page may have moved under a resting pointer, and silence would end the laser. */
  rest(): void {
    const { space } = this.#options;
    const sent = this.#sent?.points?.at(-1);
    if (!this.#at || !sent || this.#waiting.length > 0) return;
    const seen = positionOf(space, sent);
    const drifted = !seen || Math.hypot(seen.x - this.#at.x, seen.y - this.#at.y) > DRIFT;
    if (drifted || performance.now() - this.#sentAt > KEEP_ALIVE_MILLISECONDS) this.move([this.#at]);
  }

  #send(): void {
    const points = anchorsFor(this.#options.space, thinned(this.#waiting));
    this.#waiting = [];
    if (!points) return;
    this.#sent = { type: 'laser', color: this.#options.color(), points };
    this.#sentAt = performance.now();
    this.#options.emit(this.#sent);
  }
}

/** Evenly fewer places, always with the last. */
function thinned(points: readonly Point[]): Point[] {
  const step = Math.ceil(points.length / POINTS_PER_MESSAGE);
  return step <= 1 ? [...points] : points.filter((_, i) => (points.length - 1 - i) % step === 0);
}
