import type { InkMessage, Stroke } from '../../protocol/index.js';
import type { Tool } from '../session/types.js';
import type { InkSpace } from './ink-space.js';
import { LaserSource } from './laser-source.js';
import { PencilStroke, type Sample } from './pencil-stroke.js';

export interface PenOptions {
  /** The surface that receives pointer events. Its `touch-action` is up to the caller. */
  target: HTMLElement;
  /** The event's place in CSS pixels of the space's viewport. Also called with coalesced events. */
  toPage(event: PointerEvent): { x: number; y: number };
  space: InkSpace;
  tool(): Tool;
  /** `#rrggbb`. */
  color(): string;
  /** Of a pencil's line, CSS pixels of the page. Default 4. */
  width?: number;
  /** Whose ink it is. The pen has no use for it yet: ids come from `nextStrokeId`. */
  author?(): string;
  /** Without a page nothing is drawn. */
  pageId(): string | null;
  nextStrokeId(): string;
  /** To the others, at most one of a type per frame. */
  send(message: InkMessage): void;
  /** To one's own ink layer: the same messages. */
  show(message: InkMessage): void;
  /** A finished stroke, for the doc. */
  commit(stroke: Stroke): void;
}

export interface Pen {
  /** Drops the stroke that is being drawn, and switches the laser off until the pointer moves again. */
  cancel(): void;
  /** As `cancel`, and lets go of the target. */
  destroy(): void;
}

/** How often a resting laser or held pencil is looked at. */
const REST_MILLISECONDS = 100;

/** Turns pointer events on a surface into laser and strokes. */
export function createPen(options: PenOptions): Pen {
  return new PointerPen(options);
}

class PointerPen implements Pen {
  readonly #options: PenOptions;
  readonly #listeners = new AbortController();
  readonly #laser: LaserSource;
  #stroke: PencilStroke | null = null;
  #pointer: number | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** When the pointer was last heard of ahead of `pointermove`. */
  #rawAt = -Infinity;

  constructor(options: PenOptions) {
    this.#options = options;
    this.#laser = new LaserSource({ space: options.space, color: options.color, emit: this.#emit });
    this.#listen('pointerdown', this.#onDown);
    this.#listen('pointermove', this.#onMove);
    this.#listen('pointerrawupdate' as 'pointermove', this.#onRaw);
    this.#listen('pointerup', this.#onUp);
    this.#listen('pointercancel', this.#onCancel);
    this.#listen('lostpointercapture', this.#onUp);
    this.#listen('pointerleave', this.#onLeave);
    this.#listen('keydown', this.#onKey);
  }

  cancel(): void {
    this.#dropStroke();
    this.#laser.off();
    this.#stopTimer();
  }

  destroy(): void {
    this.#listeners.abort();
    this.cancel();
  }

  #listen<K extends keyof HTMLElementEventMap>(type: K, handler: (event: HTMLElementEventMap[K]) => void): void {
    const guarded = (event: HTMLElementEventMap[K]) => {
      try {
        handler(event);
      } catch {
        // The surface may lie over the page: our trouble must not become the page's. The next event tries again.
      }
    };
    this.#options.target.addEventListener(type, guarded, { signal: this.#listeners.signal });
  }

  readonly #emit = (message: InkMessage): void => {
    this.#options.show(message);
    this.#options.send(message);
  };

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary || this.#pointer !== null) return;
    if (this.#options.tool() === 'laser') this.#moveLaser(event);
    if (this.#options.tool() !== 'pencil' || !this.#startStroke(this.#sample(event))) return;
    // No selection and no drag of what is below; the focus that this takes away is given by hand, for Escape.
    event.preventDefault();
    this.#options.target.focus({ preventScroll: true });
    this.#pointer = event.pointerId;
    capture(this.#options.target, event.pointerId);
  };

  #startStroke(sample: Sample): boolean {
    const { space, color, width = 4, pageId, nextStrokeId } = this.#options;
    const page = pageId();
    if (page === null) return false;
    const id = nextStrokeId();
    this.#stroke = PencilStroke.start({ space, id, color: color(), width, page, emit: this.#emit }, sample);
    if (this.#stroke) this.#startTimer();
    return this.#stroke !== null;
  }

  readonly #onMove = (event: PointerEvent): void => {
    const tool = this.#options.tool();
    if (tool !== 'laser' || !event.isPrimary) this.#laser.off();
    else if (event.timeStamp > this.#rawAt) this.#moveLaser(event);
    if (!this.#stroke || event.pointerId !== this.#pointer) return;
    if (tool !== 'pencil' || (event.buttons & 1) === 0) this.#finishStroke(null);
    else this.#extendStroke(samplesOf(event).map(this.#sample));
  };

  /** Where it is known, it comes up to a frame earlier than `pointermove`, which then tells nothing new. */
  readonly #onRaw = (event: PointerEvent): void => {
    if (this.#options.tool() !== 'laser' || !event.isPrimary) return;
    this.#rawAt = event.timeStamp;
    this.#moveLaser(event);
  };

  #moveLaser(event: PointerEvent): void {
    if (this.#options.pageId() === null) return;
    this.#laser.move(samplesOf(event).map((sample) => this.#options.toPage(sample)));
    this.#startTimer();
  }

  #extendStroke(samples: readonly Sample[]): void {
    if (this.#stroke?.page !== this.#options.pageId()) {
      this.#dropStroke();
      return;
    }
    this.#stroke.add(samples);
    const last = samples.at(-1);
    if (!this.#stroke.full || !last) return;
    this.#options.commit(this.#stroke.finish(null));
    if (!this.#startStroke(last)) this.#stroke = null;
  }

  readonly #onUp = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pointer) return;
    this.#finishStroke(event.type === 'pointerup' ? this.#sample(event) : null);
  };

  readonly #onCancel = (event: PointerEvent): void => {
    if (event.pointerId === this.#pointer) this.#dropStroke();
    this.#laser.off();
  };

  readonly #onLeave = (event: PointerEvent): void => {
    if (event.isPrimary) this.#laser.off();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#stroke) return;
    event.preventDefault();
    event.stopPropagation();
    this.#dropStroke();
  };

  #finishStroke(end: Sample | null): void {
    const stroke = this.#stroke;
    this.#letGo();
    if (!stroke) return;
    if (stroke.page === this.#options.pageId()) this.#options.commit(stroke.finish(end));
    else stroke.cancel();
  }

  #dropStroke(): void {
    const stroke = this.#stroke;
    this.#letGo();
    stroke?.cancel();
  }

  #letGo(): void {
    const pointer = this.#pointer;
    this.#stroke = null;
    this.#pointer = null;
    if (pointer !== null && this.#options.target.hasPointerCapture(pointer)) {
      this.#options.target.releasePointerCapture(pointer);
    }
  }

  readonly #sample = (event: PointerEvent): Sample => {
    const { x, y } = this.#options.toPage(event);
    return { x, y, pressure: event.pointerType === 'pen' ? event.pressure : null, at: event.timeStamp };
  };

  #startTimer(): void {
    this.#timer ??= setInterval(this.#onRest, REST_MILLISECONDS);
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  readonly #onRest = (): void => {
    try {
      if (this.#laser.on && this.#options.tool() !== 'laser') this.#laser.off();
      this.#laser.rest();
      this.#stroke?.rest();
    } catch {
      // The page may be going away; the timer tries again.
    }
    if (!this.#laser.on && !this.#stroke) this.#stopTimer();
  };
}

/** What the pointer went through since the last event, which an insecure page can't tell. */
function samplesOf(event: PointerEvent): PointerEvent[] {
  const samples = event.getCoalescedEvents?.() ?? [];
  return samples.length > 0 ? samples : [event];
}

/** A pointer may be gone by the time it is captured; the stroke goes on without. */
function capture(target: HTMLElement, pointer: number): void {
  try {
    target.setPointerCapture(pointer);
  } catch {
    // NotFoundError
  }
}
