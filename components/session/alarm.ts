/** The longest delay that a timer can have. */
const longest = 2 ** 31 - 1;

/** Rings once when a moment has come. Setting the same moment again changes nothing. */
export class Alarm {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #moment: number | null = null;
  readonly #ring: () => void;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** @param moment by this browser's clock, milliseconds since 1970; null: not at all. */
  at(moment: number | null): void {
    if (moment === this.#moment) return;
    clearTimeout(this.#timer);
    this.#moment = moment;
    if (moment === null) return;
    const delay = Math.min(Math.max(moment - Date.now(), 0), longest);
    this.#timer = setTimeout(() => {
      this.#moment = null;
      this.#ring();
    }, delay);
  }
}
