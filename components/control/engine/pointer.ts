import type { Capture } from './capture.js';
import type { Core } from './core.js';
import { commonFlat, flatPath } from './dom.js';
import type { Drag } from './drag.js';
import { hitTest } from './hit-test.js';
import type { Hover } from './hover.js';
import { lightDismiss, topmostPopover, type Dismissal } from './light-dismiss.js';
import type { PressDefaults } from './press-defaults.js';
import { reachOfClick } from './reach.js';
import type { MoveStep, PressStep } from './types.js';

const BUTTON_BITS = [1, 4, 2] as const;

interface Press {
  target: Element;
  /** Of `pointerdown`, for light dismiss. */
  dismissal: Dismissal;
  /** No other button came between. */
  isClick: boolean;
}

interface Parts {
  hover: Hover;
  capture: Capture;
  defaults: PressDefaults;
  drag: Drag;
}

/** The mouse: moves, presses and releases, in the order in which a browser tells them. */
export class Pointer {
  readonly #core: Core;
  readonly #parts: Parts;
  readonly #presses = new Map<number, Press>();
  /** A prevented `pointerdown` keeps the mouse events back until all buttons are up. */
  #isMouseQuiet = false;
  /** The document of the first press: it keeps the pointer until the last release. */
  #held: Document | null = null;

  constructor(core: Core, parts: Parts) {
    this.#core = core;
    this.#parts = parts;
  }

  async move(step: MoveStep): Promise<void> {
    const { drag } = this.#parts;
    this.#place(step);
    if (drag.isRunning) {
      drag.over(this.#hit());
      return;
    }
    const target = this.#arrive();
    this.#core.pointer(target, 'pointermove', this.#movement());
    await this.#core.settle();
    if (!this.#isMouseQuiet) await this.#mouseMoved(this.#still(target), step);
    this.refreshHover();
  }

  async #mouseMoved(target: Element, step: MoveStep): Promise<void> {
    const { defaults, drag } = this.#parts;
    const isFree = this.#core.mouse(target, 'mousemove', this.#movement());
    await this.#core.settle();
    if (!(this.#core.buttons & 1)) return;
    if (drag.begins()) drag.start(this.#hit());
    else if (!drag.isArmed) defaults.moved(this.#hit(), step.text, isFree);
  }

  async down(step: PressStep): Promise<void> {
    this.#place(step);
    if (this.#parts.drag.isRunning) return;
    const aim = this.#hit();
    if (!this.#mayPress(aim)) return;
    let target = this.#arrive();
    const isFirst = this.#core.buttons === 0;
    this.#core.buttons |= BUTTON_BITS[step.button];
    const dismissal = { popover: topmostPopover(target), target };
    const press: Press = { target, dismissal, isClick: true };
    for (const other of this.#presses.values()) other.isClick = false;
    this.#presses.set(step.button, press);
    this.#held ??= target.ownerDocument;
    if (isFirst) this.#isMouseQuiet = !this.#core.pointer(target, 'pointerdown', { button: step.button });
    else this.#core.pointer(target, 'pointermove', { button: step.button });
    await this.#core.settle();
    target = this.#still(target);
    if (this.#isMouseQuiet || isDeaf(target) || !target.isConnected) {
      this.refreshHover(true);
      return;
    }
    const isFree = this.#core.mouse(target, 'mousedown', { button: step.button, detail: step.clicks });
    await this.#core.settle();
    this.#parts.defaults.pressed(target, step, isFree);
    await this.#core.settle();
    this.refreshHover(true);
    if (step.button === 2 && !isWindows()) this.#contextMenu(target);
  }

  async up(step: PressStep): Promise<void> {
    this.#place(step);
    const press = this.#presses.get(step.button);
    if (!press) return;
    const { drag, capture } = this.#parts;
    this.#presses.delete(step.button);
    this.#core.buttons &= ~BUTTON_BITS[step.button];
    if (drag.isRunning) {
      drag.drop(this.#hit());
      this.#afterRelease();
      this.refreshHover();
      return;
    }
    let target = this.#arrive();
    const isLast = this.#core.buttons === 0;
    this.#core.pointer(target, isLast ? 'pointerup' : 'pointermove', { button: step.button });
    const captured = capture.target;
    await this.#core.settle();
    target = this.#still(target);
    this.#mouseReleased(target, step);
    await this.#core.settle();
    const wasShown = isLast && target.checkVisibility();
    if (isLast) lightDismiss(this.#core, press.dismissal, target);
    const isGone = wasShown && !target.checkVisibility();
    if (isLast) capture.end(step.button);
    if (!isGone && press.isClick) await this.#click(target, step, press, captured);
    this.#afterRelease();
    this.refreshHover();
  }

  #mouseReleased(target: Element, step: PressStep): void {
    if (!this.#isMouseQuiet && !isDeaf(target) && target.isConnected) {
      this.#core.mouse(target, 'mouseup', { button: step.button, detail: step.clicks });
    }
    if (step.button === 0) this.#parts.defaults.released();
    if (step.button === 2 && isWindows()) this.#contextMenu(target);
  }

  async #click(target: Element, step: PressStep, press: Press, captured: Element | null): Promise<void> {
    const clicked = captured ?? this.#clickTarget(press.target, target);
    if (!clicked || isDeaf(clicked)) return;
    const init = { button: step.button, detail: step.clicks };
    if (step.button !== 0) {
      this.#core.clickEvent(clicked, 'auxclick', init);
      return;
    }
    if (!this.#mayClick(clicked)) return;
    this.#core.clickEvent(clicked, 'click', init);
    await this.#core.settle();
    this.#parts.defaults.clicked(clicked);
    if (step.clicks === 2 && clicked.isConnected) this.#core.mouse(clicked, 'dblclick', init);
  }

  /** None where what was pressed is gone. */
  #clickTarget(pressed: Element, released: Element): Element | null {
    if (!pressed.isConnected || !released.isConnected) return null;
    return pressed.ownerDocument === released.ownerDocument ? commonFlat(pressed, released) : null;
  }

  #contextMenu(target: Element): void {
    if (target.isConnected) this.#core.clickEvent(target, 'contextmenu', { button: 2 });
  }

  #afterRelease(): void {
    if (this.#core.buttons > 0) return;
    this.#isMouseQuiet = false;
    this.#held = null;
  }

  /** All buttons go up where the pointer is, without a click: the agent's hand is taken off. */
  release(): void {
    const { capture, defaults, drag } = this.#parts;
    if (drag.isRunning) drag.cancel();
    const held = [...this.#presses.keys()];
    this.#presses.clear();
    for (const button of held) {
      this.#core.buttons &= ~BUTTON_BITS[button as 0];
      const target = capture.next ?? this.#parts.hover.element;
      if (!target?.isConnected) continue;
      const isLast = this.#core.buttons === 0;
      this.#core.pointer(target, isLast ? 'pointerup' : 'pointermove', { button });
      if (!this.#isMouseQuiet && !isDeaf(target)) this.#core.mouse(target, 'mouseup', { button });
    }
    if (held.length > 0) {
      defaults.released();
      capture.end();
    }
    this.#core.buttons = 0;
    this.#isMouseQuiet = false;
    this.#held = null;
  }

  /** What lies under the pointer may have changed without a move. */
  refreshHover(isSilent = false): void {
    const { hover, capture, drag } = this.#parts;
    if (!hover.element || drag.isRunning || capture.next !== capture.target) return;
    const target = capture.target?.isConnected ? capture.target : this.#hit();
    hover.moveTo(target, { isSilent });
  }

  #place({ x, y, mods }: MoveStep | PressStep): void {
    const core = this.#core;
    core.lastX = core.x;
    core.lastY = core.y;
    core.x = x;
    core.y = y;
    core.mods = mods;
  }

  /** What hears the mouse when the pointer's listeners took the element away. */
  #still(target: Element): Element {
    return target.isConnected ? target : this.#hit();
  }

  /** Crosses to what lies under the pointer, and gives what hears the next event. */
  #arrive(): Element {
    const { hover, capture } = this.#parts;
    capture.settleLost();
    const target = capture.next ?? this.#hit();
    hover.moveTo(target, { between: () => capture.settleGot() });
    return hover.element ?? target;
  }

  // a drag that began in a frame stays in it
  #hit(): Element {
    const { top, options, x, y } = this.#core;
    const hit = hitTest(top.document, x, y, options.isOwn).element;
    const held = this.#held;
    return held?.defaultView && held !== hit.ownerDocument && held !== top.document ? held.documentElement : hit;
  }

  #movement(): MouseEventInit {
    const { x, y, lastX, lastY } = this.#core;
    return { movementX: x - lastX, movementY: y - lastY };
  }

  #mayPress(target: Element): boolean {
    return this.#core.may(target, 'press') && this.#mayReach(target);
  }

  /** Once more: a handler may have changed what a click does. */
  #mayClick(target: Element): boolean {
    return this.#core.may(target, 'press') && this.#mayReach(target);
  }

  #mayReach(target: Element): boolean {
    return reachOfClick(target).every((element) => this.#core.may(element, 'press'));
  }
}

/** A disabled control, and what is in one, hears no presses and clicks of a mouse. */
export function isDeaf(target: Element): boolean {
  return flatPath(target).some(
    (element) =>
      /^(button|input|select|textarea|optgroup|option)$/.test(element.localName) && element.matches(':disabled'),
  );
}

function isWindows(): boolean {
  return navigator.platform.startsWith('Win');
}
