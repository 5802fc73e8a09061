import type { ConsumerTask, RefusalCode } from '../../../protocol/index.js';
import { deepActive, realmOf, type Realm } from './dom.js';
import { FocusKeeper } from './focus-keeper.js';
import { pointIn } from './hit-test.js';
import type { Act, EngineOptions, Modifiers, Outcome } from './types.js';

/** An id that no real pointer has. */
export const POINTER_ID = 31_755;

export const NO_MODIFIERS: Modifiers = { ctrl: false, shift: false, alt: false, meta: false };

/** Promises that follow on each other, as frameworks make them between an event and a changed page. */
const SETTLE_TURNS = 4;

/** Ends a step under way. */
export class StepStopped extends Error {}

/** What all parts of the engine share: where the pointer is, what is held, and how events go out. */
export class Core {
  readonly top: Realm;
  readonly options: EngineOptions;
  readonly focus: FocusKeeper;
  mods: Modifiers = NO_MODIFIERS;
  /** Buttons held, as `MouseEvent.buttons`. */
  buttons = 0;
  /** The pointer in the top viewport, CSS pixels. */
  x = 0;
  y = 0;
  lastX = 0;
  lastY = 0;
  /** Control was taken back: a step that is under way ends where it is. */
  isStopped = false;
  /** What the running step has come to. */
  outcome: Outcome = { status: 'ok' };
  /** Nested depth of steps: more than 0 while the agent acts. */
  depth = 0;
  /** When the last step ended, `performance.now()`. */
  lastStepAt = -Infinity;

  constructor(top: Realm, options: EngineOptions) {
    this.top = top;
    this.options = options;
    this.focus = new FocusKeeper(top.document);
  }

  get active(): Element {
    return deepActive(this.top.document);
  }

  /** Dispatches; true when it was not prevented. What the page's handlers throw is theirs. */
  fire(target: EventTarget, event: Event): boolean {
    const goesOn = target.dispatchEvent(event);
    this.focus.sync();
    return goesOn;
  }

  /**
   * Lets what the page's handlers have promised happen before the next event, as between two events of a browser. No task
   * comes between: it all ends with the task it began in.
   */
  async settle(): Promise<void> {
    for (let turn = 0; turn < SETTLE_TURNS; turn += 1) await Promise.resolve();
    this.focus.sync();
    if (this.isStopped) throw new StepStopped();
  }

  /** Remembers the first reason why a step, or a part of it, is not done. */
  refuse(code: RefusalCode, element?: Element, what?: ConsumerTask, url?: string): void {
    if (this.outcome.status === 'refused') return;
    this.outcome = {
      status: 'refused',
      code,
      ...(element ? { element } : {}),
      ...(what ? { what } : {}),
      ...(url === undefined ? {} : { url }),
    };
  }

  /** Whether the agent may do this to the element; when not, the step is refused. */
  may(element: Element, act: Act): boolean {
    const code = this.options.verdict(element, act);
    if (code) this.refuse(code, element);
    return !code;
  }

  wantPicker(element: Element): void {
    if (this.outcome.status === 'ok') this.outcome = { status: 'picker', element };
  }

  /** What every mouse and pointer event says. */
  mouseInit(target: Node, more: MouseEventInit = {}): MouseEventInit {
    const view = realmOf(target);
    const { x, y } = pointIn(target.ownerDocument ?? (target as Document), this.top.document, this.x, this.y);
    return {
      bubbles: true,
      cancelable: true,
      composed: true,
      view,
      clientX: x,
      clientY: y,
      screenX: this.top.screenX + this.x,
      screenY: this.top.screenY + this.y,
      buttons: this.buttons,
      ...this.modifierInit(),
      ...more,
    };
  }

  modifierInit(): EventModifierInit {
    const { ctrl, shift, alt, meta } = this.mods;
    return { ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta };
  }

  mouse(target: Element | Document, type: string, more?: MouseEventInit): boolean {
    const { MouseEvent } = realmOf(target);
    return this.fire(target, new MouseEvent(type, this.mouseInit(target, more)));
  }

  pointer(target: Element | Document, type: string, more: PointerEventInit = {}): boolean {
    const { PointerEvent } = realmOf(target);
    const init: PointerEventInit = {
      pointerId: POINTER_ID,
      pointerType: 'mouse',
      isPrimary: true,
      width: 1,
      height: 1,
      pressure: this.buttons ? 0.5 : 0,
      button: -1,
      ...this.mouseInit(target),
      ...more,
    };
    // whole numbers, as the browser's own; the rounding of a click's place is the browser's too
    return this.fire(target, new PointerEvent(type, init));
  }

  /** A click, auxclick or contextmenu of the mouse: no pressure, not primary. */
  clickEvent(target: Element, type: string, more: PointerEventInit): boolean {
    return this.pointer(target, type, { isPrimary: false, pressure: 0, ...more });
  }

  selectStart(target: Node): boolean {
    const { Event } = realmOf(target);
    return this.fire(target, new Event('selectstart', { bubbles: true, cancelable: true }));
  }

  /** The plain `input` and `change` of a control whose value was chosen. */
  inputAndChange(element: Element): void {
    this.plainInput(element);
    this.change(element);
  }

  plainInput(element: Element): void {
    const { Event } = realmOf(element);
    this.fire(element, new Event('input', { bubbles: true, composed: true }));
  }

  change(element: Element): void {
    const { Event } = realmOf(element);
    this.fire(element, new Event('change', { bubbles: true }));
  }
}
