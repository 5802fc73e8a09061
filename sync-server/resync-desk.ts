import type { ControlMessage } from '../protocol/index.js';

export type ResyncReason = Extract<ControlMessage, { type: 'resync' }>['reason'];

/** A snapshot of a large page costs the consumer time: not more often than this. */
const resyncMilliseconds = 1000;
const againMilliseconds = 200;

/** Asks the recording consumer for new epochs: at most one a second for a session, and no wish is lost. */
export class ResyncDesk {
  readonly #ask: (reason: ResyncReason) => 'asked' | 'busy' | 'nobody';
  #wish: ResyncReason | undefined;
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param ask passes it on; `busy`: its buffer is full. */
  constructor(ask: (reason: ResyncReason) => 'asked' | 'busy' | 'nobody') {
    this.#ask = ask;
  }

  want(reason: ResyncReason): void {
    this.#wish ??= reason;
    this.#schedule(this.#notBefore - performance.now());
  }

  /** A consumer is there again: it most likely begins an epoch by itself, and is asked only if it doesn't. */
  consumerCame(): void {
    if (this.#wish) this.#schedule(resyncMilliseconds);
  }

  /** An epoch began: that is what was wished for. */
  settle(): void {
    this.#wish = undefined;
    this.#notBefore = performance.now() + resyncMilliseconds;
    this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(wait: number): void {
    if (this.#timer) return;
    if (wait <= 0) return this.#try();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#try();
    }, wait);
    this.#timer.unref();
  }

  #try(): void {
    if (!this.#wish) return;
    const result = this.#ask(this.#wish);
    if (result === 'busy') this.#schedule(againMilliseconds);
    if (result !== 'asked') return;
    this.#wish = undefined;
    this.#notBefore = performance.now() + resyncMilliseconds;
  }
}
