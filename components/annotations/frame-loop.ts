/** What a pass found: ink that moves, ink that rests, ink that can't be seen now, or none. */
export type Activity = 'moving' | 'resting' | 'hidden' | 'none';

/** After the last movement passes go on in every frame for this long: scrolling and transitions come in runs. */
const SETTLE_MILLISECONDS = 300;
/** How often resting ink is looked at, for what no event tells of. */
const REST_MILLISECONDS = 100;
const HIDDEN_MILLISECONDS = 500;
/** Looking at resting ink may take one part in this many of the page's time. */
const REST_SHARE = 40;

/**
 * Runs a pass in the next frame when woken, then as often as its outcome asks for: every frame, now and then, or not
 * at all. Nothing runs while the document is hidden.
 */
export class FrameLoop {
  readonly #pass: (now: number) => Activity;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #movedAt = -Infinity;
  #destroyed = false;

  constructor(pass: (now: number) => Activity) {
    this.#pass = pass;
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /** Whether a pass is due, in a frame or later. */
  get running(): boolean {
    return this.#frame !== 0 || this.#timer !== undefined;
  }

  /** A pass in the next frame. */
  readonly wake = (): void => {
    if (this.#frame !== 0 || this.#destroyed) return;
    this.#clearTimer();
    this.#frame = requestAnimationFrame(this.#run);
  };

  destroy(): void {
    this.#destroyed = true;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#clearTimer();
  }

  #run = (): void => {
    this.#frame = 0;
    const now = performance.now();
    const activity = this.#pass(now);
    if (this.#destroyed || activity === 'none') return;
    if (activity === 'moving') this.#movedAt = now;
    if (now - this.#movedAt < SETTLE_MILLISECONDS) this.wake();
    else if (this.#frame === 0) {
      const cost = performance.now() - now;
      this.#rest(Math.max(activity === 'hidden' ? HIDDEN_MILLISECONDS : REST_MILLISECONDS, cost * REST_SHARE));
    }
  };

  #rest(milliseconds: number): void {
    this.#clearTimer();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // In a hidden document the frame would not come; `visibilitychange` wakes us.
      if (!document.hidden) this.wake();
    }, milliseconds);
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #onVisibility = (): void => {
    if (!document.hidden) this.wake();
  };
}
