/** Runs something in a task of its own, as soon as the running one is over. Unlike a timer, also in a hidden tab. */
export class Soon {
  readonly #channel = new MessageChannel();
  #isAsked = false;

  constructor(run: () => void) {
    this.#channel.port1.onmessage = () => {
      if (!this.#isAsked) return;
      this.#isAsked = false;
      run();
    };
  }

  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** However often it is asked before, it runs once. */
  ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#channel.port2.postMessage(null);
  }

  cancel(): void {
    this.#isAsked = false;
  }

  stop(): void {
    this.#isAsked = false;
    this.#channel.port1.close();
  }
}
