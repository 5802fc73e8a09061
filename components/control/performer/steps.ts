import { MODIFIERS, type Primitive, type RefusalCode } from '../../../protocol/index.js';
import type { Recorder } from '../../mirror/types.js';
import type { KeyStep, Modifiers, Step, TextPlace } from '../engine/types.js';
import type { ChangeLog } from './changes.js';
import { elementOf, pointOf, textPlaceOf, type Point } from './places.js';
import type { Verdict } from './policy.js';
import { controlOf, hasChanged, isKeyStale, targetOf } from './stale-guard.js';

/** For how long the second press of a double click goes with the first one. Milliseconds. */
const DOUBLE_MILLISECONDS = 1000;

/** A step, a reason why there is none, or nothing to do. */
export type Resolved = Step | Refused | null;

export interface Refused {
  t: 'refused';
  code: RefusalCode;
  element?: Element;
  node?: number;
}

type Of<K extends Primitive[0]> = Extract<Primitive, [K, ...unknown[]]>;

interface StepsOptions {
  recorder: Recorder;
  log: ChangeLog;
  verdict: Verdict;
  /** The element with focus, through frames and shadow roots. */
  active(): Element;
}

/** Frame of the epoch that the agent's mirror showed, or -1 when it showed another epoch. */
export type Seen = number;

/** Turns primitives of the wire into steps on this page, and refuses what the agent did not mean as it is now. */
export class Steps {
  readonly #options: StepsOptions;
  /** Where the buttons went down, and where the pointer is since. */
  #press: Point = { x: 0, y: 0 };
  #at: Point = { x: 0, y: 0 };
  readonly #held = new Set<number>();
  #last: { control: Element; at: number } | null = null;

  constructor(options: StepsOptions) {
    this.#options = options;
  }

  get isHeld(): boolean {
    return this.#held.size > 0;
  }

  /** Buttons that are held are up. */
  forget(): void {
    this.#held.clear();
    this.#last = null;
  }

  resolve(primitive: Primitive, seen: Seen): Resolved {
    switch (primitive[0]) {
      case 0:
        return this.#move(primitive);
      case 1:
        return this.#down(primitive, seen);
      case 2:
        return this.#up(primitive);
      case 3:
        return this.#drag(primitive);
      case 4:
        return this.#wheel(primitive);
      case 5:
        return this.#key('keydown', primitive, seen);
      case 6:
        return this.#key('keyup', primitive, seen);
      case 7:
        return { t: 'text', text: primitive[1], ime: primitive[2] === 1 };
      case 8:
        return { t: 'paste', text: primitive[1] };
      case 9:
        return this.#choose(primitive);
      case 10:
        return this.#set(primitive);
      default:
        return null;
    }
  }

  #element(id: number): Element | null {
    return elementOf((node) => this.#options.recorder.nodeOf(node), id);
  }

  #text(id: number | undefined, offset: number | undefined): { text?: TextPlace } {
    const text = textPlaceOf((node) => this.#options.recorder.nodeOf(node), id, offset);
    return text ? { text } : {};
  }

  #move([, id, fx, fy, mods]: Of<0>): Resolved {
    const aim = this.#element(id);
    // it went from under the pointer: the next move tells where that is
    return aim && { t: 'move', ...pointOf(aim, fx, fy), aim, mods: modifiers(mods) };
  }

  #down([, id, fx, fy, button, mods, clicks, textId, textOffset]: Of<1>, seen: Seen): Resolved {
    const aim = this.#element(id);
    if (!aim) return { t: 'refused', code: 'stale', node: id };
    const code = this.#options.verdict(aim, 'press');
    if (code) return { t: 'refused', code, element: aim };
    const target = targetOf(aim, fx, fy);
    if (!target || seen < 0) return { t: 'refused', code: 'stale', element: aim };
    const control = controlOf(target.hit) ?? target.hit;
    const isSecond = clicks > 1 && this.#isLast(control);
    if (!isSecond && hasChanged(this.#options.log, aim, target.hit, seen))
      return { t: 'refused', code: 'stale', element: aim };
    this.#last = { control, at: performance.now() };
    const { x, y } = target;
    if (!this.isHeld) this.#press = { x, y };
    this.#at = { x, y };
    this.#held.add(button);
    const text = this.#text(textId, textOffset);
    return { t: 'down', x, y, aim, button: button as 0, clicks, mods: modifiers(mods), ...text };
  }

  /** What the first press of a double click changed, the second may meet. */
  #isLast(control: Element): boolean {
    return this.#last?.control === control && performance.now() - this.#last.at < DOUBLE_MILLISECONDS;
  }

  /** Where the pointer is: what was dragged may have gone elsewhere in the mirror. */
  #up([, id, , , button, mods, clicks, textId, textOffset]: Of<2>): Resolved {
    if (!this.#held.delete(button)) return null;
    const aim = this.#element(id);
    const text = this.#text(textId, textOffset);
    const { x, y } = this.#at;
    return { t: 'up', x, y, ...(aim ? { aim } : {}), button: button as 0, clicks, mods: modifiers(mods), ...text };
  }

  #drag([, dx, dy, id, , , mods, textId, textOffset]: Of<3>): Resolved {
    if (!this.isHeld) return null;
    const aim = this.#element(id);
    const text = this.#text(textId, textOffset);
    this.#at = { x: this.#press.x + dx, y: this.#press.y + dy };
    return { t: 'move', ...this.#at, ...(aim ? { aim } : {}), mods: modifiers(mods), ...text };
  }

  #wheel([, id, fx, fy, dx, dy, mods]: Of<4>): Resolved {
    const aim = this.#element(id);
    if (!aim) return { t: 'refused', code: 'stale', node: id };
    return { t: 'wheel', ...pointOf(aim, fx, fy), aim, dx, dy, mods: modifiers(mods) };
  }

  #key(t: KeyStep['t'], primitive: Of<5> | Of<6>, seen: Seen): Resolved {
    const [, key, code, keyCode, location, mods, repeat, command] = primitive;
    const active = this.#options.active();
    if (t === 'keydown' && repeat === 0 && isKeyStale(this.#options.log, key, active, seen)) {
      return { t: 'refused', code: 'stale', element: active };
    }
    const step = { t, key, code, keyCode, location, repeat: repeat === 1, mods: modifiers(mods) };
    return command ? { ...step, command } : step;
  }

  #choose([, id, ids]: Of<9>): Resolved {
    const element = this.#element(id);
    if (element?.localName !== 'select') return { t: 'refused', code: 'stale', node: id };
    const options = ids.map((option) => this.#element(option));
    const isWhole = options.every((option) => option?.localName === 'option' && option.closest('select') === element);
    return isWhole
      ? { t: 'choose', element, options: options as HTMLOptionElement[] }
      : { t: 'refused', code: 'stale', element };
  }

  #set([, id, value]: Of<10>): Resolved {
    const element = this.#element(id);
    return element?.localName === 'input' ? { t: 'set', element, value } : { t: 'refused', code: 'stale', node: id };
  }
}

function modifiers(bits: number): Modifiers {
  return {
    ctrl: (bits & MODIFIERS.ctrl) !== 0,
    shift: (bits & MODIFIERS.shift) !== 0,
    alt: (bits & MODIFIERS.alt) !== 0,
    meta: (bits & MODIFIERS.meta) !== 0,
  };
}
