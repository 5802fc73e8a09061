import { PRIMITIVES } from '../../../protocol/index.js';
import type { Hit, Mapper } from './mapper.js';
import { modifierBits } from './modifiers.js';
import type { Outbox } from './outbox.js';
import type { Point } from './types.js';

/** What a wheel's line is in pixels: three of them make a notch. */
const LINE_PIXELS = 100 / 3;
/** Two taps are a double tap within this time and this distance. */
const DOUBLE_MILLISECONDS = 500;
const DOUBLE_PIXELS = 24;
/** The buttons that a page knows: left, middle, right. */
const BUTTONS = [0, 1, 2];

export interface PointerCaptureOptions {
  surface: HTMLElement;
  mapper: Mapper;
  outbox: Outbox;
  toPage(event: { clientX: number; clientY: number }): Point;
  /** The viewport of the page, for wheels that turn by pages. CSS pixels. */
  pageHeight(): number;
  /** Whether the pointer works the page now, and not a pen. */
  isOn(): boolean;
  /** The surface is pressed. True: it was meant for something of ours that is open, and doesn't reach the page. */
  onPress(event: MouseEvent, point: Point): boolean;
  /** What lies under the pointer. */
  onHover(hit: Hit): void;
}

interface Spot {
  readonly point: Point;
  readonly mods: number;
}

/** Turns what the agent's pointer does on the surface into primitives. Touch and pen work as the left button. */
export class PointerCapture {
  readonly #options: PointerCaptureOptions;
  readonly #listeners = new AbortController();
  readonly #held = new Set<number>();
  /** Where the first of the held buttons was pressed. */
  #pressedAt: Point | null = null;
  #move: Spot | null = null;
  #wheel: (Spot & { dx: number; dy: number }) | null = null;
  #frame = 0;
  #tap: { at: number; x: number; y: number; count: number } | null = null;

  constructor(options: PointerCaptureOptions) {
    this.#options = options;
    this.#listen('pointerdown', this.#onPointerDown);
    this.#listen('pointermove', this.#onMove);
    this.#listen('pointerup', this.#onPointerUp);
    this.#listen('pointercancel', this.#onCancel);
    this.#listen('lostpointercapture', this.#onLost);
    this.#listen('mousedown', this.#onMouseDown);
    this.#listen('mouseup', this.#onMouseUp);
    this.#listen('wheel', this.#onWheel, { passive: false });
    for (const type of ['contextmenu', 'auxclick', 'dragstart', 'selectstart'] as const) {
      this.#listen(type, (event) => event.preventDefault());
    }
  }

  /** Adds what was put off to the end of the frame, so that what follows comes after it. */
  settle(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { outbox } = this.#options;
    const [move, wheel] = [this.#move, this.#wheel];
    this.#move = this.#wheel = null;
    const moved = move && this.#hit(move.point);
    if (moved) outbox.add(this.#movePrimitive(moved, move));
    const turned = wheel && this.#hit(wheel.point);
    if (turned) outbox.add([PRIMITIVES.wheel, ...turned.place, wheel.dx, wheel.dy, wheel.mods]);
  }

  /** Forgets what is held and what was put off. */
  reset(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#move = this.#wheel = null;
    this.#held.clear();
    this.#pressedAt = null;
  }

  destroy(): void {
    this.reset();
    this.#listeners.abort();
  }

  #listen<K extends keyof HTMLElementEventMap>(
    type: K,
    handler: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ): void {
    const guarded = (event: HTMLElementEventMap[K]) => {
      if (this.#options.isOn()) handler(event);
    };
    this.#options.surface.addEventListener(type, guarded, { ...options, signal: this.#listeners.signal });
  }

  // --- a mouse tells its clicks with mouse events only, a finger has its mouse events too late

  readonly #onPointerDown = (event: PointerEvent): void => {
    hold(this.#options.surface, event.pointerId);
    if (event.pointerType === 'mouse') return;
    event.preventDefault();
    if (event.isPrimary) this.#press(event, 0, this.#countTaps(event));
  };

  readonly #onMouseDown = (event: MouseEvent): void => {
    // no selection, no scrolling by the middle button; the focus is given by hand
    event.preventDefault();
    if (BUTTONS.includes(event.button)) this.#press(event, event.button, event.detail);
  };

  readonly #onMouseUp = (event: MouseEvent): void => {
    event.preventDefault();
    this.#release(event, event.button, event.detail);
  };

  readonly #onPointerUp = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse' && event.isPrimary) this.#release(event, 0, this.#tap?.count ?? 1);
  };

  readonly #onCancel = (): void => this.#letGo();

  // for a mouse this comes before its `mouseup`
  readonly #onLost = (event: PointerEvent): void => {
    if (event.buttons !== 0) this.#letGo();
  };

  #letGo(): void {
    if (this.#held.size === 0) return;
    this.reset();
    this.#options.outbox.release();
  }

  #press(event: MouseEvent, button: number, clicks: number): void {
    const point = this.#options.toPage(event);
    if (this.#options.onPress(event, point)) return;
    this.settle();
    const hit = this.#hit(point);
    if (!hit) return;
    if (this.#held.size === 0) this.#pressedAt = point;
    this.#held.add(button);
    this.#addPress(PRIMITIVES.down, hit, point, button, modifierBits(event), clicks);
  }

  #release(event: MouseEvent, button: number, clicks: number): void {
    if (!this.#held.delete(button)) return;
    const point = this.#options.toPage(event);
    // the place of the release is the place of the last move
    if (this.#pressedAt && this.#move) this.#move = { point, mods: modifierBits(event) };
    this.settle();
    const hit = this.#hit(point);
    if (hit) this.#addPress(PRIMITIVES.up, hit, point, button, modifierBits(event), clicks);
    if (this.#held.size === 0) this.#pressedAt = null;
  }

  #addPress(kind: 1 | 2, hit: Hit, point: Point, button: number, mods: number, clicks: number): void {
    const { outbox, mapper } = this.#options;
    outbox.add([kind, ...hit.place, button, mods, Math.min(clicks, 100), ...mapper.text(hit, point)]);
    outbox.flush();
  }

  // --- once a frame

  readonly #onMove = (event: PointerEvent): void => {
    if (event.isPrimary) this.#putOff(() => (this.#move = this.#spot(event)));
  };

  readonly #onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { dx, dy } = this.#wheel ?? { dx: 0, dy: 0 };
    const unit = [1, LINE_PIXELS, this.#options.pageHeight()][event.deltaMode] ?? 1;
    const turned = { dx: dx + event.deltaX * unit, dy: dy + event.deltaY * unit };
    this.#putOff(() => (this.#wheel = { ...this.#spot(event), ...turned }));
  };

  #putOff(what: () => void): void {
    what();
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.settle();
      this.#options.outbox.flush();
    });
  }

  #spot(event: MouseEvent): Spot {
    return { point: this.#options.toPage(event), mods: modifierBits(event) };
  }

  #movePrimitive(hit: Hit, { point, mods }: Spot): Parameters<Outbox['add']>[0] {
    const { mapper, onHover } = this.#options;
    const from = this.#pressedAt;
    if (from) {
      const [dx, dy] = [tenth(point.x - from.x), tenth(point.y - from.y)];
      return [PRIMITIVES.drag, dx, dy, ...hit.place, mods, ...mapper.text(hit, point)];
    }
    onHover(hit);
    return [PRIMITIVES.move, ...hit.place, mods];
  }

  #hit(point: Point): Hit | null {
    return this.#options.mapper.hit(point);
  }

  #countTaps({ timeStamp: at, clientX: x, clientY: y }: PointerEvent): number {
    const last = this.#tap;
    const isNext =
      last !== null && at - last.at < DOUBLE_MILLISECONDS && Math.hypot(x - last.x, y - last.y) < DOUBLE_PIXELS;
    this.#tap = { at, x, y, count: isNext ? last.count + 1 : 1 };
    return this.#tap.count;
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** So that a drag goes on outside of the surface. A pointer may be gone by the time it is held. */
function hold(surface: HTMLElement, pointer: number): void {
  try {
    surface.setPointerCapture(pointer);
  } catch {
    // NotFoundError
  }
}
