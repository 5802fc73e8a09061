/** A timer that can be set again; a moved one replaces the last. */
export class Alarm {
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #ring: () => void;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  get isSet(): boolean {
    return this.#timer !== undefined;
  }

  /** @param milliseconds from now. */
  set(milliseconds: number): void {
    this.clear();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#ring();
      },
      Math.max(0, Math.min(milliseconds, 2 ** 31 - 1)),
    );
  }

  /** Sets it if it should run and doesn't, clears it if it shouldn't. */
  keep(wanted: boolean, milliseconds: number): void {
    if (!wanted) this.clear();
    else if (!this.isSet) this.set(milliseconds);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
