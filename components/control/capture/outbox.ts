import { LIMITS, PRIMITIVES, type Primitive } from '../../../protocol/index.js';
import type { InputSender, Seen } from '../input-sender.js';

const BATCHES_PER_SECOND = 120;
/** Batches that may leave at once after a pause. */
const BURST = 24;
/** More than this can't be the hand of a person. */
const MOST_WAITING = 2000;
/** Batches of which it is remembered that they held moves only. */
const REMEMBERED = 512;

export interface OutboxOptions {
  sender: InputSender;
  /** The last frame that the mirror shows. */
  seen(): Seen;
  /** Whether what is sent now can be performed. */
  isLive(): boolean;
  /** Something other than a move could not be sent. */
  onUnsent(): void;
}

/** Gathers primitives into batches, and lets no more leave than the consumer's page and the server take. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #moves = new Set<number>();
  #waiting: Primitive[] = [];
  /** What was seen when the first of those was done: what has changed since then is not pressed. */
  #seen: Seen = { epoch: 0, seq: 0 };
  #tokens = BURST;
  #filledAt = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether a button or key may be held by what has left. */
  #isHolding = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Leaves with the next `flush`. */
  add(primitive: Primitive): void {
    if (!this.#options.isLive() || this.#waiting.length >= MOST_WAITING) return;
    if (this.#waiting.length === 0) this.#seen = { ...this.#options.seen() };
    // of moves that wait only the last counts
    if (isMove(primitive) && this.#waiting.at(-1)?.[0] === primitive[0]) this.#waiting.pop();
    this.#waiting.push(primitive);
  }

  /** Sends what was added, at once or as soon as the rate allows. */
  flush(): void {
    while (this.#timer === undefined && this.#waiting.length > 0) {
      if (this.#take()) this.#send(this.#waiting.splice(0, LIMITS.primitivesPerBatch), this.#seen);
      else this.#timer = setTimeout(() => this.#later(), 1000 / BATCHES_PER_SECOND);
    }
  }

  /** Lets go of every button and key, at once; what waits is dropped. */
  release(): void {
    this.#waiting = [];
    if (!this.#isHolding) return;
    this.#send([[PRIMITIVES.release]], this.#options.seen());
    this.#isHolding = false;
  }

  /** Whether the batch held moves only: nobody needs to be told that one was refused. */
  isMoves(seq: number): boolean {
    return this.#moves.has(seq);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #later(): void {
    this.#timer = undefined;
    this.flush();
  }

  #take(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#filledAt) * BATCHES_PER_SECOND) / 1000);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  #send(primitives: Primitive[], seen: Seen): void {
    const { sender, onUnsent } = this.#options;
    const isSent = sender.send(primitives, seen);
    if (primitives.every(isMove)) this.#remember(sender.lastSeq);
    else if (!isSent) onUnsent();
    else this.#isHolding = true;
  }

  #remember(seq: number): void {
    this.#moves.add(seq);
    if (this.#moves.size > REMEMBERED) this.#moves.delete(this.#moves.values().next().value!);
  }
}

function isMove([kind]: Primitive): boolean {
  return kind === PRIMITIVES.move || kind === PRIMITIVES.drag;
}
