const FORGET_MILLISECONDS = 1000;

/** Finds an entry by its first letters, typed one after the other; the same letter again goes to the next one. */
export class Typeahead {
  #typed = '';
  #at = 0;

  /** @returns index of the entry, or -1. Entries that can't be chosen are empty. */
  find(letter: string, entries: readonly string[], from: number, now = performance.now()): number {
    if (now - this.#at > FORGET_MILLISECONDS) this.#typed = '';
    this.#at = now;
    this.#typed += letter.toLocaleLowerCase();
    const isRepeated = this.#typed === letter.toLocaleLowerCase().repeat(this.#typed.length / letter.length);
    const wanted = isRepeated ? letter.toLocaleLowerCase() : this.#typed;
    const start = isRepeated ? from + 1 : from;
    for (let step = 0; step < entries.length; step++) {
      const index = (Math.max(0, start) + step) % entries.length;
      if (entries[index]!.toLocaleLowerCase().startsWith(wanted)) return index;
    }
    return -1;
  }

  /** Whether a space bar now belongs to what is being typed. */
  isTyping(now = performance.now()): boolean {
    return this.#typed !== '' && now - this.#at <= FORGET_MILLISECONDS;
  }
}
