import type { LitElement, ReactiveController } from 'lit';

/** Updates an element each second, as long as it is connected and something on it counts. */
export class Ticker implements ReactiveController {
  readonly #host: LitElement;
  readonly #isNeeded: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: LitElement, isNeeded: () => boolean) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#isNeeded() && this.#host.isConnected) this.#timer ??= setInterval(() => this.#host.requestUpdate(), 1000);
    else this.#stop();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
