import type { Core } from './core.js';
import type { DateSegments } from './date-segments.js';
import { closestFlat, containsFlat, isInput, isPickedInput, isSelect, isTextInput } from './dom.js';
import type { Drag } from './drag.js';
import type { ListBox } from './list-box.js';
import { NumberField, type RangeField } from './number-fields.js';
import { clickFocusTarget, focusElement } from './focusable.js';
import { pointIn } from './hit-test.js';
import type { SelectionDriver } from './selection.js';
import type { Capture } from './capture.js';
import type { PressStep, TextPlace } from './types.js';

interface Parts {
  selection: SelectionDriver;
  range: RangeField;
  list: ListBox;
  drag: Drag;
  capture: Capture;
  segments: DateSegments;
}

/** What a browser does on a press that the page lets be: focus, caret, selection, and the native controls. */
export class PressDefaults {
  readonly #core: Core;
  readonly #parts: Parts;

  /** The number whose spin buttons are held, when they have changed it. */
  #spun: HTMLInputElement | null = null;
  /** The search whose cross is pressed. */
  #crossed: HTMLInputElement | null = null;

  constructor(core: Core, parts: Parts) {
    this.#core = core;
    this.#parts = parts;
  }

  /** After `mousedown`. A prevented one still lets what is draggable be dragged. */
  pressed(target: Element, step: PressStep, isFree: boolean): void {
    const { drag, selection, range, list } = this.#parts;
    this.#crossed = null;
    if (!target.isConnected) return;
    if (step.button === 0) drag.arm(target, step.clicks);
    if (!isFree) return;
    selection.startAt(target);
    if (step.button === 0 && range.press(target)) {
      this.#focus(target);
      if (range.hasMoved) this.#parts.capture.settleGot();
      return;
    }
    const isDelegated = this.#focus(target);
    if (isDelegated) return;
    if (step.button === 0 && list.press(target, step.mods)) return;
    if (step.button === 0 && this.#openSelect(target)) return;
    if (step.button === 0 && this.#pressParts(target)) return;
    if (!target.isConnected) return;
    if (drag.isArmed) return;
    selection.press(target, step);
  }

  moved(target: Element, text: TextPlace | undefined, isFree: boolean): void {
    if (this.#parts.range.move()) return;
    if (isFree) this.#parts.selection.dragTo(target, text);
  }

  released(): void {
    const { drag, range, list, selection } = this.#parts;
    drag.disarm();
    range.release();
    list.release();
    selection.release();
    const spun = this.#spun;
    this.#spun = null;
    if (spun?.isConnected) this.#core.change(spun);
  }

  /** After `click`. */
  clicked(target: Element): void {
    if (!isInput(target) || target.disabled || target.readOnly) return;
    if (target === this.#crossed) new NumberField(this.#core, target).clear();
    if (target.type === 'color' || isPickedInput(target)) this.#core.wantPicker(target);
    if (target.list && isTextInput(target)) this.#core.wantPicker(target);
  }

  /** @returns whether a host handed the focus on to something that was not pressed. */
  #focus(target: Element): boolean {
    const found = clickFocusTarget(target);
    if (found && this.#core.options.verdict(found, 'focus')) return false;
    const before = this.#core.active;
    focusElement(this.#core, found, target);
    if (found === null || containsFlat(found, target)) return false;
    if (found === before) this.#parts.selection.tellStart(target);
    return true;
  }

  /** The list of a closed select opens at the agent's side. */
  #openSelect(target: Element): boolean {
    const select = closestFlat(target, 'select');
    if (!isSelect(select) || select.disabled) return false;
    this.#core.wantPicker(select);
    return true;
  }

  /** Spin buttons of a number, the cross of a search. */
  #pressParts(target: Element): boolean {
    if (!isInput(target)) return false;
    if (isPickedInput(target)) {
      const { top, x, y } = this.#core;
      this.#parts.segments.press(target, pointIn(target.ownerDocument, top.document, x, y).x);
    }
    const field = new NumberField(this.#core, target);
    if (!field.isOnPart) return false;
    if (target.type === 'search') {
      this.#crossed = target;
      return true;
    }
    const before = target.value;
    field.spin();
    if (target.value !== before) this.#spun = target;
    this.#parts.capture.set(target);
    this.#parts.capture.settleGot();
    return true;
  }
}
