import type { EditCommand } from '../../../protocol/index.js';
import type { Clipboard } from './clipboard.js';
import { closeTopmost } from './close-request.js';
import { NO_MODIFIERS, type Core } from './core.js';
import type { DateSegments } from './date-segments.js';
import {
  deepActive,
  isEditable,
  isEditableHost,
  isInput,
  isPickedInput,
  isSelect,
  isTextArea,
  isTextField,
  isTextInput,
  realmOf,
} from './dom.js';
import { moveCaret } from './caret-keys.js';
import { commandFor, runCommand } from './commands.js';
import type { Drag } from './drag.js';
import { focusElement } from './focusable.js';
import type { ListBox } from './list-box.js';
import { NumberField, type RangeField } from './number-fields.js';
import type { ScrollDriver } from './scroll.js';
import type { SelectionDriver } from './selection.js';
import { submitImplicitly, submitsOnEnter } from './submission.js';
import { isForwardKey, nextStop, radioGroup, tabStops } from './tab-order.js';
import type { TextDriver } from './text.js';
import type { KeyStep } from './types.js';

interface Parts {
  text: TextDriver;
  clipboard: Clipboard;
  selection: SelectionDriver;
  range: RangeField;
  list: ListBox;
  scroll: ScrollDriver;
  drag: Drag;
  segments: DateSegments;
}

const MODIFIER_KEYS = /^(Shift|Control|Alt|Meta|AltGraph|CapsLock)$/;
/** Keys that only leave an element: free where typing is not. */
const LEAVING_KEYS = /^(Tab|Escape|Shift|Control|Alt|Meta)$/;

/** The keyboard: events in their order, then what the key does by itself. */
export class Keys {
  readonly #core: Core;
  readonly #parts: Parts;
  readonly #held = new Map<string, KeyStep>();
  /** The control that Space was pressed on. */
  #spaceOn: Element | null = null;

  constructor(core: Core, parts: Parts) {
    this.#core = core;
    this.#parts = parts;
  }

  async down(step: KeyStep): Promise<void> {
    const core = this.#core;
    core.mods = step.mods;
    const target = core.active;
    if (!LEAVING_KEYS.test(step.key) && !core.may(target, 'type')) return;
    this.#held.set(step.code || step.key, step);
    if (this.#parts.drag.isRunning && step.key === 'Escape') this.#parts.drag.cancel();
    const isFree = this.#tell(target, 'keydown', step);
    await core.settle();
    if (!isFree) {
      if (step.key === ' ') this.#spaceOn = null;
      return;
    }
    if (MODIFIER_KEYS.test(step.key)) return;
    const command = step.command ?? commandFor(step);
    if (command && this.#command(command, step)) return;
    if (hasKeyPress(step) && !(await this.#press(step))) return;
    if (!LEAVING_KEYS.test(step.key) && core.active !== target && !core.may(core.active, 'type')) return;
    this.#default(core.active, step, core.active === target);
  }

  async up(step: KeyStep): Promise<void> {
    const core = this.#core;
    core.mods = step.mods;
    if (!this.#held.delete(step.code || step.key)) return;
    const target = core.active;
    const isFree = this.#tell(target, 'keyup', step);
    await core.settle();
    const pressed = this.#spaceOn;
    if (step.key !== ' ') return;
    this.#spaceOn = null;
    if (isFree && pressed === target && target.isConnected && core.may(target, 'press')) this.#click(target);
  }

  release(): void {
    this.#core.mods = NO_MODIFIERS;
    const held = [...this.#held.values()].reverse();
    this.#held.clear();
    this.#spaceOn = null;
    for (const step of held) this.#tell(this.#core.active, 'keyup', { ...step, repeat: false });
  }

  #tell(target: Element, type: string, step: KeyStep, more: KeyboardEventInit = {}): boolean {
    const view = realmOf(target);
    const init = {
      bubbles: true,
      cancelable: true,
      composed: true,
      view,
      key: step.key,
      code: step.code,
      location: step.location,
      repeat: step.repeat,
      keyCode: step.keyCode,
      which: step.keyCode,
      charCode: 0,
      ...this.#core.modifierInit(),
      ...more,
    };
    return this.#core.fire(target, new view.KeyboardEvent(type, init));
  }

  async #press(step: KeyStep): Promise<boolean> {
    const target = this.#core.active;
    if (step.key === 'Enter' && target.matches('a[href], area[href]')) return true;
    const code = step.key === 'Enter' ? 13 : (step.key.codePointAt(0) ?? 0);
    const legacy = { keyCode: code, which: code, charCode: code } as KeyboardEventInit;
    const isFree = this.#tell(target, 'keypress', step, legacy);
    await this.#core.settle();
    return isFree;
  }

  #command(command: EditCommand, step: KeyStep): boolean {
    const { text, clipboard } = this.#parts;
    return runCommand(this.#core, text, clipboard, command, step.mods.shift);
  }

  #default(target: Element, step: KeyStep, isSame: boolean): void {
    const { key, mods } = step;
    if (key === 'Tab') {
      if (!mods.ctrl && !mods.alt && !mods.meta) this.#tab(target, mods.shift);
    } else if (key === 'Escape') {
      this.#escape(target);
    } else if (isPickedInput(target) && this.#parts.segments.key(target, step)) {
      return;
    } else if (key === 'Enter') {
      this.#enter(target, step);
    } else if (isSelect(target)) {
      if (!this.#parts.list.key(target, key, mods)) this.#scroll(target, step);
    } else if (isInput(target) && target.type === 'range') {
      if (!this.#parts.range.key(target, key)) this.#scroll(target, step);
    } else if (key === ' ' && isSame && isPressedBySpace(target)) {
      this.#spaceOn = target;
    } else if (isInput(target) && target.type === 'radio' && key.startsWith('Arrow')) {
      this.#radio(target, key);
    } else if (isEditable(target) || isTextField(target)) {
      this.#type(target, step);
    } else {
      this.#scroll(target, step);
    }
  }

  #type(target: Element, step: KeyStep): void {
    const { key, mods } = step;
    const { text } = this.#parts;
    if (isInput(target) && target.type === 'number' && /^Arrow(Up|Down)$/.test(key)) {
      new NumberField(this.#core, target).step(key === 'ArrowUp' ? 1 : -1);
    } else if (key === 'Backspace' || key === 'Delete') {
      const unit = mods.ctrl || mods.alt ? 'word' : mods.meta ? 'line' : 'character';
      text.remove(key === 'Backspace' ? 'Backward' : 'Forward', unit);
    } else if (isPrintable(step)) {
      text.insert(key);
    } else if (isInput(target) && target.list && key === 'ArrowDown') {
      this.#core.wantPicker(target);
    } else {
      moveCaret(text, target, key, mods);
    }
  }

  #scroll(target: Element, { key, mods }: KeyStep): void {
    if (mods.ctrl || mods.alt || mods.meta) return;
    const { scroll, selection } = this.#parts;
    const document = target.ownerDocument;
    const hasSelection = document.getSelection()?.isCollapsed === false;
    if (mods.shift && hasSelection && key.startsWith('Arrow')) {
      moveCaret(this.#parts.text, target, key, mods);
      return;
    }
    const from = target === document.body ? (selection.startingPoint ?? target) : target;
    scroll.key(key, mods.shift, from);
  }

  #enter(target: Element, step: KeyStep): void {
    const { text } = this.#parts;
    if (isSelect(target)) {
      this.#core.wantPicker(target);
    } else if (target.matches('a[href], area[href], button, summary') || isButtonInput(target)) {
      if (this.#core.may(target, 'press')) this.#click(target);
    } else if (submitsOnEnter(target)) {
      submitImplicitly(this.#core, text, target);
    } else if ((isTextArea(target) || isEditableHost(target)) && !step.mods.ctrl && !step.mods.meta) {
      text.newLine(step.mods.shift);
    }
  }

  #radio(target: HTMLInputElement, key: string): void {
    const group = radioGroup(target).filter((radio) => !radio.matches(':disabled'));
    const by = isForwardKey(target, key) ? 1 : -1;
    const next = group.at((group.indexOf(target) + by) % group.length);
    if (!next || next === target || !this.#core.may(next, 'press')) return;
    focusElement(this.#core, next, next, { preventScroll: false });
    this.#click(next);
  }

  #escape(target: Element): void {
    if (isInput(target) && target.type === 'search' && target.value !== '') new NumberField(this.#core, target).clear();
    else closeTopmost(this.#core);
  }

  #tab(target: Element, isBack: boolean): void {
    const core = this.#core;
    const { document } = core.top;
    const { selection, segments } = this.#parts;
    if (segments.tab(target, isBack)) return;
    const isNowhere = target === target.ownerDocument.body && !isEditableHost(target);
    const from = isNowhere ? selection.startingPoint : target;
    const stop = nextStop(tabStops(document, target, core.options.isOwn), from, isBack);
    if (!stop) {
      // as from the last field to the browser's own buttons, and back in from there
      selection.startAt(null);
      focusElement(core, null, document.body);
      return;
    }
    selection.startAt(stop);
    const code = core.options.verdict(stop, 'focus');
    if (code) {
      core.refuse(code, stop);
      focusElement(core, null, stop);
      return;
    }
    focusElement(core, stop, stop, { preventScroll: false });
    segments.enter(stop, isBack);
    if (isTextInput(stop) && deepActive(document) === stop) stop.select();
  }

  #click(target: Element): void {
    if (isInput(target) && (target.type === 'color' || isPickedInput(target))) this.#core.wantPicker(target);
    (target as HTMLElement).click?.();
    this.#core.focus.sync();
  }
}

function isButtonInput(element: Element): boolean {
  return isInput(element) && /^(button|submit|reset|image|color|file)$/.test(element.type);
}

function isPressedBySpace(element: Element): boolean {
  if (element.localName === 'button' || element.localName === 'summary') return true;
  return isButtonInput(element) || (isInput(element) && /^(checkbox|radio)$/.test(element.type));
}

function isPrintable({ key, mods }: KeyStep): boolean {
  if ([...key].length !== 1) return false;
  // AltGr comes as both
  return (!mods.ctrl && !mods.meta) || (mods.ctrl && mods.alt);
}

function hasKeyPress(step: KeyStep): boolean {
  if (step.key === 'Enter') return !step.mods.ctrl && !step.mods.alt && !step.mods.meta;
  return isPrintable(step) && (!step.mods.alt || step.mods.ctrl);
}
