import type { Capture } from './capture.js';
import type { Core } from './core.js';
import { isInput, isRightToLeft, realmOf, setNativeValue } from './dom.js';
import { pointIn } from './hit-test.js';

const THUMB = 16;
/** Width of the spin buttons and of the cross, CSS pixels. */
const PART = 18;

/** A slider, by mouse and keys. */
export class RangeField {
  readonly #core: Core;
  readonly #capture: Capture;
  #held: HTMLInputElement | null = null;
  #before = '';
  /** From the thumb's middle, when the press was on the thumb. */
  #grip = 0;

  constructor(core: Core, capture: Capture) {
    this.#core = core;
    this.#capture = capture;
  }

  press(target: Element): boolean {
    if (!isInput(target) || target.type !== 'range' || target.disabled) return false;
    this.#held = target;
    this.#before = target.value;
    this.#capture.set(target);
    const { length, place } = this.#track(target);
    const thumb = this.#shareOf(target) * length;
    this.#grip = Math.abs(place - thumb) <= THUMB / 2 ? place - thumb : 0;
    if (this.#grip === 0 && place !== thumb) this.#follow(target);
    return true;
  }

  /** Whether the press has changed the value already. */
  get hasMoved(): boolean {
    return this.#held !== null && this.#held.value !== this.#before;
  }

  /** True while a thumb is held. */
  move(): boolean {
    if (!this.#held?.isConnected) return false;
    this.#follow(this.#held);
    return true;
  }

  release(): void {
    const field = this.#held;
    this.#held = null;
    if (field?.isConnected && field.value !== this.#before) this.#core.change(field);
  }

  #follow(field: HTMLInputElement): void {
    const { length, place } = this.#track(field);
    const share = Math.min(1, Math.max(0, (place - this.#grip) / length));
    const [min, max] = bounds(field);
    this.#set(field, String(min + share * (max - min)));
  }

  #set(field: HTMLInputElement, value: string): boolean {
    const before = field.value;
    setNativeValue(field, value);
    if (field.value === before) return false;
    this.#core.plainInput(field);
    return true;
  }

  /** Where the pointer is on the way that the thumb's middle can go. */
  #track(field: HTMLInputElement): { length: number; place: number } {
    const { left, top, width, height } = field.getBoundingClientRect();
    const { x, y } = pointIn(field.ownerDocument, this.#core.top.document, this.#core.x, this.#core.y);
    if (isVertical(field)) return { length: height - THUMB || 1, place: top + height - THUMB / 2 - y };
    const place = isRightToLeft(field) ? left + width - THUMB / 2 - x : x - left - THUMB / 2;
    return { length: width - THUMB || 1, place };
  }

  #shareOf(field: HTMLInputElement): number {
    const [min, max] = bounds(field);
    return max > min ? (field.valueAsNumber - min) / (max - min) : 0;
  }

  /** True when the key is one of a slider. */
  key(field: HTMLInputElement, key: string): boolean {
    const [min, max] = bounds(field);
    const step = stepOf(field, (max - min) / 100);
    const page = Math.max(step, Math.round((max - min) / 10 / step) * step);
    const forward = isRightToLeft(field) ? -1 : 1;
    const moves: Record<string, number> = {
      ArrowUp: step,
      ArrowDown: -step,
      ArrowRight: step * forward,
      ArrowLeft: -step * forward,
      PageUp: page,
      PageDown: -page,
      Home: -Infinity,
      End: Infinity,
    };
    const by = moves[key];
    if (by === undefined) return false;
    const value = Math.min(max, Math.max(min, field.valueAsNumber + by));
    if (this.#set(field, String(value))) this.#core.change(field);
    return true;
  }
}

function isVertical(field: HTMLInputElement): boolean {
  const style = realmOf(field).getComputedStyle(field);
  return style.writingMode !== 'horizontal-tb' || style.appearance === 'slider-vertical';
}

function bounds(field: HTMLInputElement): [number, number] {
  const min = field.min === '' ? 0 : Number(field.min);
  const max = field.max === '' ? 100 : Number(field.max);
  return [min, Math.max(min, max)];
}

function stepOf(field: HTMLInputElement, any: number): number {
  return field.step === 'any' ? any : Number(field.step) || 1;
}

/** A number by arrows, wheel and spin buttons, and the cross of a search. */
export class NumberField {
  readonly #core: Core;
  readonly #field: HTMLInputElement;

  constructor(core: Core, field: HTMLInputElement) {
    this.#core = core;
    this.#field = field;
  }

  /** Whether the pointer is on its spin buttons, or its cross. */
  get isOnPart(): boolean {
    const { type, value, readOnly, disabled } = this.#field;
    if (readOnly || disabled || !(type === 'number' || (type === 'search' && value !== ''))) return false;
    return this.#isOnEnd();
  }

  /** By the button under the pointer; what is to be told as `change` when it is let go. */
  spin(): void {
    const field = this.#field;
    const { top, height } = field.getBoundingClientRect();
    const { y } = pointIn(field.ownerDocument, this.#core.top.document, this.#core.x, this.#core.y);
    this.step(y < top + height / 2 ? 1 : -1, true);
  }

  #isOnEnd(): boolean {
    const field = this.#field;
    const { left, right } = field.getBoundingClientRect();
    const { x } = pointIn(field.ownerDocument, this.#core.top.document, this.#core.x, this.#core.y);
    const style = realmOf(field).getComputedStyle(field);
    const edge = (side: 'Left' | 'Right') =>
      parseFloat(style[`border${side}Width`]) + parseFloat(style[`padding${side}`]);
    if (isRightToLeft(field)) return x < left + edge('Left') + PART;
    return x >= right - edge('Right') - PART;
  }

  /** One step up or down, told as typing would be. The pointer says `change` later. */
  step(by: 1 | -1, isByPointer = false): void {
    const field = this.#field;
    if (field.readOnly || field.disabled) return;
    const next = field.cloneNode() as HTMLInputElement;
    next.value = field.value;
    if (by > 0) next.stepUp();
    else next.stepDown();
    const { InputEvent } = realmOf(field);
    const init = { bubbles: true, cancelable: true, composed: true, inputType: 'insertText', data: next.value };
    const isFree = this.#core.fire(field, new InputEvent('beforeinput', init));
    if (!isFree || next.value === field.value) return;
    setNativeValue(field, next.value);
    this.#core.plainInput(field);
    if (!isByPointer) this.#core.change(field);
  }

  clear(): void {
    const field = this.#field;
    if (field.value === '') return;
    setNativeValue(field, '');
    this.#core.plainInput(field);
    const { Event } = realmOf(field);
    this.#core.fire(field, new Event('search', { bubbles: true }));
  }
}
