import type { Core } from './core.js';
import { closestFlat, flatPath, realmOf } from './dom.js';
import { focusElement, clickFocusTarget } from './focusable.js';
import { hitTest } from './hit-test.js';
import { isDeaf } from './pointer.js';
import type { RangeField } from './number-fields.js';
import type { PressDefaults } from './press-defaults.js';
import { reachOfClick } from './reach.js';
import type { ScrollDriver } from './scroll.js';
import type { SelectionDriver } from './selection.js';
import type { Capture } from './capture.js';

/** A finger that goes less far than this taps. CSS pixels. */
const TAP_SLOP = 10;
const TOUCH_ID = 0;

interface Parts {
  selection: SelectionDriver;
  range: RangeField;
  defaults: PressDefaults;
}

interface Finger {
  target: Element;
  x: number;
  y: number;
  isTap: boolean;
  /** The page takes the moves itself. */
  isHeld: boolean;
  scrolls: boolean;
  wasPrevented: boolean;
}

/** The agent's left button as a finger, for pages of a touch device. */
export class Touch {
  readonly #core: Core;
  readonly #capture: Capture;
  readonly #scroll: ScrollDriver;
  readonly #parts: Parts;
  #finger: Finger | null = null;

  constructor(core: Core, capture: Capture, scroll: ScrollDriver, parts: Parts) {
    this.#core = core;
    this.#capture = capture;
    this.#scroll = scroll;
    this.#parts = parts;
  }

  get isDown(): boolean {
    return this.#finger !== null;
  }

  start(): void {
    const core = this.#core;
    const target = hitTest(core.top.document, core.x, core.y, core.options.isOwn).element;
    if (!core.may(target, 'press') || !reachOfClick(target).every((element) => core.may(element, 'press'))) return;
    core.buttons = 1;
    this.#pointer(target, 'pointerover');
    for (const element of [target.ownerDocument, ...flatPath(target).reverse()]) this.#quiet(element, 'pointerenter');
    this.#pointer(target, 'pointerdown', { button: 0 });
    this.#capture.set(target);
    const isFree = this.#tell(target, 'touchstart');
    const isHeld = flatPath(target).some(
      (element) => realmOf(element).getComputedStyle(element).touchAction === 'none',
    );
    this.#finger = { target, x: core.x, y: core.y, isTap: true, isHeld, scrolls: false, wasPrevented: !isFree };
  }

  move(): void {
    const finger = this.#finger;
    if (!finger) return;
    const core = this.#core;
    const far = Math.hypot(core.x - finger.x, core.y - finger.y) >= TAP_SLOP;
    if (finger.isTap && far) finger.isTap = false;
    if (!finger.scrolls) {
      this.#settleCapture();
      this.#pointer(finger.target, 'pointermove');
    }
    const isFree = this.#tell(finger.target, 'touchmove');
    if (finger.isTap || finger.wasPrevented || !isFree || this.#slide(finger.target) || finger.isHeld) return;
    if (!finger.scrolls) {
      finger.scrolls = true;
      this.#pointer(finger.target, 'pointercancel');
      this.#leave(finger.target);
      this.#capture.end();
    }
    this.#scroll.by(finger.target, core.lastX - core.x, core.lastY - core.y);
  }

  end(): void {
    const finger = this.#finger;
    this.#finger = null;
    if (!finger) return;
    const { target } = finger;
    this.#parts.range.release();
    this.#core.buttons = 0;
    if (!finger.scrolls) {
      this.#settleCapture();
      this.#pointer(target, 'pointerup', { button: 0 });
      this.#capture.end(0);
      this.#leave(target);
    }
    const isFree = this.#tell(target, 'touchend');
    if (finger.isTap && isFree && !finger.wasPrevented && target.isConnected) this.#tap(target);
  }

  cancel(): void {
    const finger = this.#finger;
    this.#finger = null;
    this.#parts.range.release();
    if (!finger?.target.isConnected) return;
    this.#core.buttons = 0;
    this.#pointer(finger.target, 'pointercancel');
    this.#tell(finger.target, 'touchcancel');
    this.#capture.end();
  }

  /** The thumb of a slider follows. */
  #slide(target: Element): boolean {
    const { range } = this.#parts;
    return range.move() || range.press(target);
  }

  #tap(target: Element): void {
    const core = this.#core;
    core.mouse(target, 'mouseover');
    for (const element of [target.ownerDocument, ...flatPath(target).reverse()]) {
      core.mouse(element, 'mouseenter', { bubbles: false, cancelable: false, composed: false });
    }
    core.mouse(target, 'mousemove');
    if (isDeaf(target)) return;
    core.buttons = 1;
    const isFree = core.mouse(target, 'mousedown', { detail: 1 });
    core.buttons = 0;
    if (isFree && target.isConnected) {
      this.#focus(target);
      if (this.#slide(target)) this.#parts.range.release();
    }
    core.mouse(target, 'mouseup', { detail: 1 });
    if (target.isConnected) {
      core.clickEvent(target, 'click', { button: 0, detail: 1, pointerType: 'touch' });
      this.#parts.defaults.clicked(target);
    }
    const select = closestFlat(target, 'select');
    if (select) core.wantPicker(select);
  }

  #focus(target: Element): void {
    const core = this.#core;
    const found = clickFocusTarget(target);
    if (found && core.options.verdict(found, 'focus')) return;
    focusElement(core, found, target);
    const { x, y, mods } = core;
    this.#parts.selection.press(target, { t: 'down', x, y, mods, button: 0, clicks: 1 });
    this.#parts.selection.release();
  }

  #settleCapture(): void {
    this.#capture.settleLost();
    this.#capture.settleGot();
  }

  #leave(target: Element): void {
    this.#pointer(target, 'pointerout');
    for (const element of [...flatPath(target), target.ownerDocument]) this.#quiet(element, 'pointerleave');
  }

  #pointer(target: Element, type: string, more: PointerEventInit = {}): boolean {
    return this.#core.pointer(target, type, { pointerType: 'touch', button: -1, ...more });
  }

  #quiet(target: Element | Document, type: string): void {
    const init = { bubbles: false, cancelable: false, composed: false, pointerType: 'touch', button: -1 };
    this.#core.pointer(target, type, init);
  }

  #tell(target: Element, type: string): boolean {
    const view = realmOf(target);
    if (!view.TouchEvent) return true;
    const { clientX, clientY, screenX, screenY } = this.#core.mouseInit(target);
    const touch = new view.Touch({
      identifier: TOUCH_ID,
      target,
      clientX: clientX!,
      clientY: clientY!,
      screenX: screenX!,
      screenY: screenY!,
      pageX: clientX! + view.scrollX,
      pageY: clientY! + view.scrollY,
    });
    const isOn = type === 'touchstart' || type === 'touchmove';
    const touches = isOn ? [touch] : [];
    const init = {
      touches,
      targetTouches: touches,
      changedTouches: [touch],
      bubbles: true,
      cancelable: true,
      composed: true,
      view,
    };
    return this.#core.fire(target, new view.TouchEvent(type, init));
  }
}
