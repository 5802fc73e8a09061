import type { Core } from './core.js';
import { closestFlat, isSelect } from './dom.js';
import type { Modifiers } from './types.js';

const TYPEAHEAD_MILLISECONDS = 1000;

/** Selects: lists that are open in the page, keys on closed ones, and choices made at the agent's side. */
export class ListBox {
  readonly #core: Core;
  #pressed: { select: HTMLSelectElement; before: string } | null = null;
  #typed = '';
  #typedAt = -Infinity;
  #anchor = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** A press on an option of a list. */
  press(target: Element, mods: Modifiers): boolean {
    const select = closestFlat(target, 'select');
    if (!isSelect(select) || !isList(select) || select.disabled) return false;
    const option = closestFlat(target, 'option') as HTMLOptionElement | null;
    this.#pressed = { select, before: selectedOf(select) };
    if (option && !isOff(option)) this.#select(select, option, mods);
    return true;
  }

  release(): void {
    const pressed = this.#pressed;
    this.#pressed = null;
    if (pressed?.select.isConnected && selectedOf(pressed.select) !== pressed.before) {
      this.#core.inputAndChange(pressed.select);
    }
  }

  #select(select: HTMLSelectElement, option: HTMLOptionElement, mods: Modifiers): void {
    if (!select.multiple) {
      select.selectedIndex = option.index;
    } else if (mods.ctrl || mods.meta) {
      option.selected = !option.selected;
      this.#anchor = option.index;
    } else if (mods.shift) {
      const [from, to] = [this.#anchor, option.index].sort((one, other) => one - other) as [number, number];
      for (const each of select.options) each.selected = each.index >= from && each.index <= to && !isOff(each);
    } else {
      select.selectedIndex = option.index;
      this.#anchor = option.index;
    }
  }

  /** A choice made at the agent's side. */
  choose(select: HTMLSelectElement, options: readonly HTMLOptionElement[]): void {
    const before = selectedOf(select);
    const chosen = options.filter(
      (option) => option.isConnected && !isOff(option) && [...select.options].includes(option),
    );
    if (chosen.length === 0 && !select.multiple) return;
    if (select.multiple) for (const option of select.options) option.selected = chosen.includes(option);
    else select.selectedIndex = chosen[0]!.index;
    if (selectedOf(select) !== before) this.#core.inputAndChange(select);
  }

  /** True when the key is one of a select. */
  key(select: HTMLSelectElement, key: string, mods: Modifiers): boolean {
    if (select.disabled) return false;
    if (this.#opens(select, key, mods)) {
      this.#core.wantPicker(select);
      return true;
    }
    const index = this.#indexFor(select, key);
    if (index === undefined) return false;
    const option = select.options[index];
    if (!option || (option.selected && !select.multiple)) return true;
    if (select.multiple && mods.shift) this.#select(select, option, mods);
    else select.selectedIndex = index;
    if (!mods.shift) this.#anchor = index;
    this.#core.inputAndChange(select);
    return true;
  }

  #opens(select: HTMLSelectElement, key: string, { alt }: Modifiers): boolean {
    if (isList(select)) return false;
    const isTyping = performance.now() - this.#typedAt < TYPEAHEAD_MILLISECONDS;
    return (key === ' ' && !isTyping) || (alt && (key === 'ArrowDown' || key === 'ArrowUp'));
  }

  #indexFor(select: HTMLSelectElement, key: string): number | undefined {
    const enabled = [...select.options].filter((option) => !isOff(option)).map(({ index }) => index);
    const now = select.selectedIndex;
    const page = Math.max(1, select.size - 1 || 3);
    switch (key) {
      case 'ArrowDown':
      case 'ArrowRight':
        return enabled.find((index) => index > now) ?? now;
      case 'ArrowUp':
      case 'ArrowLeft':
        return enabled.findLast((index) => index < now) ?? now;
      case 'Home':
        return enabled[0] ?? now;
      case 'End':
        return enabled.at(-1) ?? now;
      case 'PageDown':
        return enabled.filter((index) => index > now)[page - 1] ?? enabled.at(-1) ?? now;
      case 'PageUp':
        return enabled.filter((index) => index < now).at(-page) ?? enabled[0] ?? now;
      default:
        return [...key].length === 1 ? this.#typeahead(select, key, enabled) : undefined;
    }
  }

  #typeahead(select: HTMLSelectElement, key: string, enabled: readonly number[]): number | undefined {
    const now = performance.now();
    if (now - this.#typedAt > TYPEAHEAD_MILLISECONDS) this.#typed = '';
    this.#typedAt = now;
    this.#typed += key.toLocaleLowerCase();
    const isRepeat = [...this.#typed].every((letter) => letter === this.#typed[0]);
    const wanted = isRepeat ? this.#typed[0]! : this.#typed;
    const from = select.selectedIndex + (isRepeat ? 1 : 0);
    const order = [...enabled.filter((index) => index >= from), ...enabled.filter((index) => index < from)];
    return order.find((index) => select.options[index]!.text.trim().toLocaleLowerCase().startsWith(wanted));
  }
}

function isList(select: HTMLSelectElement): boolean {
  return select.multiple || select.size > 1;
}

function isOff(option: HTMLOptionElement): boolean {
  return option.matches(':disabled') || option.closest('optgroup')?.disabled === true;
}

function selectedOf(select: HTMLSelectElement): string {
  return [...select.selectedOptions].map(({ index }) => index).join();
}
