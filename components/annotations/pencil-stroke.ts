import type { InkMessage, Stroke, StrokeAnchor } from '../../protocol/index.js';
import { anchorFor, anchorStroke, positionOf } from './anchor.js';
import { FramePacer } from './frame-pacer.js';
import { clamp, round } from './geometry.js';
import type { InkSpace } from './ink-space.js';
import type { Point } from './places.js';

/** A place of the pen with what it pressed. */
export interface Sample extends Point {
  /** 0..1, or null where the device can't tell. */
  pressure: number | null;
  /** Milliseconds, of the event. */
  at: number;
}

export interface PencilOptions {
  space: InkSpace;
  id: string;
  color: string;
  width: number;
  page: string;
  emit(message: InkMessage): void;
}

/** A stroke that gets longer is finished and goes on as a new one: within the doc's bound, and quick to draw. */
export const STROKE_POINTS = 1600;
/** Points nearer to the last one carry no shape. CSS pixels. */
const STEP = 1.25;
/** How far a point follows the pointer: the rest is the hand's tremor and the mouse's whole pixels. */
const FOLLOW = 0.6;
const KEEP_ALIVE_MILLISECONDS = 3000;
/** Without a pen, speed stands in for pressure: this many CSS pixels per millisecond is as thin as it gets. */
const FAST = 4;

/** A stroke while it is drawn: its points so far, relative to the element under its start. */
export class PencilStroke {
  readonly #options: PencilOptions;
  readonly #anchor: StrokeAnchor;
  readonly #points: number[] = [];
  readonly #pacer = new FramePacer(() => {
    this.#send();
  });
  #origin: Point;
  #sent = 0;
  #sentAt = 0;
  #last: Sample | null = null;

  private constructor(options: PencilOptions, anchor: StrokeAnchor, origin: Point) {
    this.#options = options;
    this.#anchor = anchor;
    this.#origin = origin;
  }

  /** Null where nothing can hold a stroke. */
  static start(options: PencilOptions, sample: Sample): PencilStroke | null {
    const anchor = anchorFor(options.space, sample.x, sample.y);
    const origin = anchor && positionOf(options.space, anchor);
    if (!origin) return null;
    const stroke = new PencilStroke(options, anchor, origin);
    stroke.add([sample]);
    return stroke;
  }

  get full(): boolean {
    return this.#points.length >= STROKE_POINTS * 3;
  }

  get page(): string {
    return this.#options.page;
  }

  /** Samples in the viewport as it is now: when the page was scrolled meanwhile, the line goes on where the pen is. */
  add(samples: readonly Sample[]): void {
    this.#origin = positionOf(this.#options.space, this.#anchor) ?? this.#origin;
    for (const sample of samples) this.#push(sample, FOLLOW);
    if (this.#points.length > this.#sent) this.#pacer.request();
  }

  #push(sample: Sample, follow: number): void {
    const last = this.#lastPoint();
    const target = { x: sample.x - this.#origin.x, y: sample.y - this.#origin.y };
    const x = last ? last.x + (target.x - last.x) * follow : target.x;
    const y = last ? last.y + (target.y - last.y) * follow : target.y;
    const step = last ? Math.hypot(x - last.x, y - last.y) : Infinity;
    if (step < (follow < 1 ? STEP : 0.2) || this.full) return;
    this.#points.push(round(x, 1), round(y, 1), round(this.#pressure(sample), 2));
    this.#last = sample;
  }

  #lastPoint(): Point | null {
    const { length } = this.#points;
    return length === 0 ? null : { x: this.#points[length - 3]!, y: this.#points[length - 2]! };
  }

  #pressure(sample: Sample): number {
    if (sample.pressure !== null) return clamp(sample.pressure, 0, 1);
    const last = this.#last;
    if (!last) return 0.5;
    const speed = Math.hypot(sample.x - last.x, sample.y - last.y) / Math.max(1, sample.at - last.at);
    const before = this.#points.at(-1) ?? 0.5;
    return before + (clamp(0.62 - speed / FAST / 2, 0.25, 0.62) - before) * 0.2;
  }

  /** Called now and then: a pen that is held still must not look lost. */
  rest(): void {
    if (performance.now() - this.#sentAt > KEEP_ALIVE_MILLISECONDS) this.#pacer.request();
  }

  /** The last sample is where the line ends. Nothing is sent afterwards. */
  finish(end: Sample | null): Stroke {
    if (end) {
      this.#origin = positionOf(this.#options.space, this.#anchor) ?? this.#origin;
      this.#push(end, 1);
    }
    this.#pacer.stop();
    if (this.#points.length > this.#sent) this.#send();
    const { space, id, color, width, page } = this.#options;
    const inViewport = this.#points.map((value, i) => {
      if (i % 3 === 2) return value;
      return value + (i % 3 === 0 ? this.#origin.x : this.#origin.y);
    });
    const placed = anchorStroke(space, inViewport) ?? { anchor: this.#anchor, points: this.#points };
    return { id, tool: 'pencil', color, width, page, ...placed };
  }

  cancel(): void {
    this.#pacer.stop();
    this.#options.emit({ type: 'cancel', id: this.#options.id });
  }

  #send(): void {
    const { id, color, width, page, emit } = this.#options;
    const points = this.#points.slice(this.#sent);
    this.#sent = this.#points.length;
    this.#sentAt = performance.now();
    emit({ type: 'draft', id, tool: 'pencil', color, width, page, anchor: this.#anchor, points });
  }
}
