import type { Core } from './core.js';
import { flatParent, frameElement, isInput, realmOf } from './dom.js';
import { hitTest } from './hit-test.js';
import { NumberField } from './number-fields.js';
import type { WheelStep } from './types.js';

/** For how long wheel steps stay with the box that took the first one. */
const LATCH_MILLISECONDS = 500;
const LINE = 40;
const PAGE_SHARE = 0.875;

/** Wheel and scroll keys: the first box around with room, as a browser picks it. */
export class ScrollDriver {
  readonly #core: Core;
  #latched: Element | null = null;
  #latchedAt = -Infinity;

  constructor(core: Core) {
    this.#core = core;
  }

  wheel({ x, y, dx, dy, mods }: WheelStep): void {
    const core = this.#core;
    core.x = x;
    core.y = y;
    core.mods = mods;
    const target = hitTest(core.top.document, x, y, core.options.isOwn).element;
    const isSideways = mods.shift && dx === 0;
    const [deltaX, deltaY] = isSideways ? [dy, 0] : [dx, dy];
    const { WheelEvent } = realmOf(target);
    const init = { ...core.mouseInit(target), deltaX, deltaY, deltaMode: 0 };
    if (!core.fire(target, new WheelEvent('wheel', init)) || mods.ctrl) return;
    if (this.#stepNumber(target, deltaY)) return;
    this.#scroll(target, deltaX, deltaY);
  }

  #stepNumber(target: Element, dy: number): boolean {
    if (!isInput(target) || target.type !== 'number' || this.#core.active !== target || dy === 0) return false;
    if (!this.#core.may(target, 'type')) return true;
    new NumberField(this.#core, target).step(dy < 0 ? 1 : -1, true);
    return true;
  }

  #scroll(target: Element, dx: number, dy: number): void {
    const now = performance.now();
    const isLatched = now - this.#latchedAt < LATCH_MILLISECONDS && this.#latched?.isConnected;
    const box = isLatched ? this.#latched! : this.#boxFor(target, dx, dy);
    if (!box) return;
    this.#latched = box;
    this.#latchedAt = now;
    box.scrollBy({ left: dx, top: dy, behavior: 'instant' });
  }

  /** By a finger. */
  by(target: Element, dx: number, dy: number): void {
    this.#scroll(target, dx, dy);
  }

  /** The first box from the target outwards that can go this way. */
  #boxFor(target: Element, dx: number, dy: number): Element | null {
    for (let current: Element | null = target; current;) {
      const root: Element = current.ownerDocument.scrollingElement ?? current.ownerDocument.documentElement;
      const isRoot: boolean = current === root || current === current.ownerDocument.documentElement;
      const box: Element = isRoot ? root : current;
      if (hasRoom(box, isRoot, dx, dy)) return box;
      if (!isRoot && keepsScroll(box, dx)) return null;
      const outer: Element | null = flatParent(current);
      current = outer && !isRoot ? outer : frameElement(current.ownerDocument);
    }
    return null;
  }

  /** True when the key scrolls. */
  key(key: string, isShift: boolean, from: Element): boolean {
    const height = (box: Element) => box.clientHeight * PAGE_SHARE;
    const moves: Record<string, (box: Element) => [number, number]> = {
      ArrowDown: () => [0, LINE],
      ArrowUp: () => [0, -LINE],
      ArrowRight: () => [LINE, 0],
      ArrowLeft: () => [-LINE, 0],
      PageDown: (box) => [0, height(box)],
      PageUp: (box) => [0, -height(box)],
      ' ': (box) => [0, isShift ? -height(box) : height(box)],
      End: (box) => [0, box.scrollHeight],
      Home: (box) => [0, -box.scrollHeight],
    };
    const move = moves[key];
    if (!move) return false;
    const [dx, dy] = move(this.#core.top.document.documentElement);
    const box = this.#boxFor(from, Math.sign(dx), Math.sign(dy));
    if (!box) return false;
    const [left, top] = move(box);
    box.scrollBy({ left, top, behavior: 'instant' });
    return true;
  }
}

function hasRoom(box: Element, isRoot: boolean, dx: number, dy: number): boolean {
  return (dy !== 0 && canGo(box, isRoot, 'y', dy)) || (dx !== 0 && canGo(box, isRoot, 'x', dx));
}

function canGo(box: Element, isRoot: boolean, axis: 'x' | 'y', by: number): boolean {
  const style = realmOf(box).getComputedStyle(box);
  const overflow = axis === 'y' ? style.overflowY : style.overflowX;
  if (isRoot ? rootOverflow(box, axis) === 'hidden' : overflow !== 'auto' && overflow !== 'scroll') return false;
  const [at, size, visible] =
    axis === 'y'
      ? [box.scrollTop, box.scrollHeight, box.clientHeight]
      : [Math.abs(box.scrollLeft), box.scrollWidth, box.clientWidth];
  const most = size - visible;
  if (axis === 'x' && style.direction === 'rtl') return by < 0 ? at < most - 0.5 : at > 0.5;
  return by > 0 ? at < most - 0.5 : at > 0.5;
}

function rootOverflow(root: Element, axis: 'x' | 'y'): string {
  const { documentElement, body } = root.ownerDocument;
  const of = (element: Element) => {
    const { overflowX, overflowY } = realmOf(element).getComputedStyle(element);
    return axis === 'y' ? overflowY : overflowX;
  };
  const own = of(documentElement);
  return own === 'visible' && body ? of(body) : own;
}

function keepsScroll(box: Element, dx: number): boolean {
  const { overscrollBehaviorX, overscrollBehaviorY, overflowX, overflowY } = realmOf(box).getComputedStyle(box);
  const isBox = [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll');
  return isBox && (dx === 0 ? overscrollBehaviorY : overscrollBehaviorX) !== 'auto';
}
