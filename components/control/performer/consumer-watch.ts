import { reachableDocuments } from '../engine/dom.js';

/** How long the agent waits after the consumer's last press, key or turn of the wheel. Milliseconds. */
const PAUSE_MILLISECONDS = 1000;
const PRESSES = ['pointerdown', 'touchstart', 'keydown', 'wheel'] as const;
const MOVES = ['mousemove', 'touchmove', 'drag'] as const;
/** Held by themselves they do nothing: they are often on their way to another window. */
const MODIFIERS = /^(?:Control|Shift|Alt|Meta|AltGraph|CapsLock|OS)$/;

interface WatchOptions {
  /** Whether what happens now is done by the agent. */
  isAgents(): boolean;
  onChange(isActive: boolean): void;
}

/**
 * Tells when the consumer uses mouse, touch or keyboard on this page: its own input wins. The browser's own events only;
 * the agent's are a script's, and none of its means makes a pointer or key event of the browser's own.
 */
export class ConsumerWatch {
  readonly #options: WatchOptions;
  readonly #documents = new Set<Document>();
  readonly #listeners = new AbortController();
  #until = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isMoveAgents = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.look();
  }

  /** Whether the agent has to wait. */
  get isActive(): boolean {
    return performance.now() < this.#until;
  }

  /** Whether the last move of a pointer was the agent's. */
  get isMoveAgents(): boolean {
    return this.#isMoveAgents;
  }

  /** Frames come and go, and events in them don't leave them. */
  look(): void {
    const documents = reachableDocuments(document);
    for (const known of this.#documents) if (!documents.includes(known)) this.#documents.delete(known);
    for (const one of documents) if (!this.#documents.has(one)) this.#meet(one);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.abort();
    this.#documents.clear();
  }

  #meet(met: Document): void {
    this.#documents.add(met);
    const view = met.defaultView;
    const { signal } = this.#listeners;
    const options = { capture: true, passive: true, signal };
    for (const type of PRESSES) view?.addEventListener(type, (event) => this.#onPress(event), options);
    for (const type of MOVES) {
      view?.addEventListener(type, () => (this.#isMoveAgents = this.#options.isAgents()), options);
    }
    met.addEventListener('load', () => this.look(), options);
  }

  #onPress(event: Event): void {
    if (!event.isTrusted || this.#options.isAgents()) return;
    if (event.type === 'keydown' && MODIFIERS.test((event as KeyboardEvent).key)) return;
    const wasActive = this.#until > 0;
    this.#until = performance.now() + PAUSE_MILLISECONDS;
    this.#timer ??= setTimeout(() => this.#onTimer(), PAUSE_MILLISECONDS);
    if (!wasActive) this.#options.onChange(true);
  }

  #onTimer(): void {
    this.#timer = undefined;
    const left = this.#until - performance.now();
    if (left > 0) this.#timer = setTimeout(() => this.#onTimer(), left);
    else {
      this.#until = 0;
      this.#options.onChange(false);
    }
  }
}
