import { SOURCE, type IncrementalData } from './rrweb-events.js';

type Phase = 'start' | 'move' | 'end';

const PHASES: Readonly<Record<string, Phase>> = {
  touchstart: 'start',
  touchmove: 'move',
  touchend: 'end',
  touchcancel: 'end',
};

export interface TouchWatchOptions {
  idOf(node: Node): number;
  tell(data: IncrementalData): void;
}

/**
 * The fingers of the person, each by itself. rrweb tells of one only, and not that it has gone when the browser has begun to scroll
 * with it. What an agent in control does is no finger.
 */
export class TouchWatch {
  readonly #options: TouchWatchOptions;
  readonly #controller = new AbortController();
  readonly #watched = new WeakSet<Document>();
  /** Moves of this animation frame, by finger. */
  readonly #moves = new Map<number, Touch>();
  #frame = 0;

  constructor(options: TouchWatchOptions) {
    this.#options = options;
    this.add(document);
    for (const frame of document.querySelectorAll('iframe')) if (frame.contentDocument) this.add(frame.contentDocument);
  }

  /** This document, or a frame's of its origin. */
  add(inner: Document): void {
    if (this.#watched.has(inner)) return;
    this.#watched.add(inner);
    const options = { passive: true, capture: true, signal: this.#controller.signal };
    for (const type of Object.keys(PHASES))
      inner.addEventListener(type, (event) => this.#on(event as TouchEvent), options);
  }

  stop(): void {
    this.#controller.abort();
    cancelAnimationFrame(this.#frame);
    this.#moves.clear();
  }

  #on({ type, isTrusted, changedTouches }: TouchEvent): void {
    const phase = PHASES[type];
    if (!isTrusted || !phase) return;
    for (const touch of changedTouches) {
      if (phase === 'move') this.#moves.set(touch.identifier, touch);
      else {
        this.#moves.delete(touch.identifier);
        this.#tell(phase, touch);
      }
    }
    if (this.#moves.size > 0) this.#frame ||= requestAnimationFrame(() => this.#flush());
  }

  #flush(): void {
    this.#frame = 0;
    for (const touch of this.#moves.values()) this.#tell('move', touch);
    this.#moves.clear();
  }

  #tell(phase: Phase, { target, clientX, clientY, identifier }: Touch): void {
    const positions = [{ x: Math.round(clientX), y: Math.round(clientY), id: this.#options.idOf(target as Node) }];
    this.#options.tell({ source: SOURCE.touchMove, positions, finger: identifier, phase });
  }
}
