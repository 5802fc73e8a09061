import { html, nothing, render } from 'lit';
import { createPopover, nameOf, speakAs } from './field.js';
import type { Picker, PickerContext } from './types.js';

/** More than this isn't looked through. */
const MOST = 200;
let count = 0;

/** What a text field suggests by its `<datalist>`. The keyboard stays with the page: what is typed narrows the list. */
export class SuggestPicker implements Picker {
  readonly element = createPopover();
  readonly #context: PickerContext;
  /** The field that has the focus; says what is active in the list. */
  readonly #keys: HTMLElement;
  readonly #id = `suggestions-${++count}`;
  #values: readonly { value: string; label: string }[] = [];
  #active = -1;

  constructor(context: PickerContext, keys: HTMLElement) {
    this.#context = context;
    this.#keys = keys;
    speakAs(this.element, context.field);
    this.refresh();
  }

  start(): void {
    this.#keys.setAttribute('aria-controls', this.#id);
  }

  refresh(): boolean {
    const before = this.#values[this.#active]?.value;
    this.#values = matching(this.#context.field as HTMLInputElement);
    this.#active = this.#values.findIndex(({ value }) => value === before);
    this.#render();
    return this.#values.length > 0;
  }

  onKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { length } = this.#values;
    switch (event.key) {
      case 'ArrowDown':
        return this.#go((this.#active + 1) % length);
      case 'ArrowUp':
        return this.#go(this.#active <= 0 ? length - 1 : this.#active - 1);
      case 'Enter':
        return this.#active >= 0 && this.#pick(this.#values[this.#active]!.value);
      case 'Escape':
        this.#context.close();
        return true;
      case 'Tab':
        this.#context.close();
        return false;
      default:
        return false;
    }
  }

  #go(index: number): true {
    this.#active = index;
    this.#render();
    this.element.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
    return true;
  }

  #pick(value: string): true {
    this.#context.set(value);
    this.#context.close();
    return true;
  }

  #render(): void {
    const { words, field } = this.#context;
    const active = this.#active >= 0 ? `${this.#id}-${this.#active}` : '';
    if (active) this.#keys.setAttribute('aria-activedescendant', active);
    else this.#keys.removeAttribute('aria-activedescendant');
    render(
      html`<div
        class="options"
        role="listbox"
        id=${this.#id}
        aria-label=${nameOf(field, words.term('agentPickerOptions'))}
        @pointerdown=${(event: Event) => event.preventDefault()}
      >
        ${this.#values.map(
          ({ value, label }, index) =>
            html`<div
              class="option"
              role="option"
              id="${this.#id}-${index}"
              aria-selected=${index === this.#active ? 'true' : 'false'}
              ?data-active=${index === this.#active}
              @click=${() => this.#pick(value)}
            >
              <span>${value}</span
              >${label && label !== value ? html`<span class="option__label">${label}</span>` : nothing}
            </div>`,
        )}
      </div>`,
      this.element,
    );
  }
}

function matching(input: HTMLInputElement): { value: string; label: string }[] {
  const typed = input.value.trim().toLocaleLowerCase();
  return [...(input.list?.options ?? [])]
    .slice(0, MOST)
    .map(({ value, label, disabled }) => ({ value, label, disabled }))
    .filter(({ value, disabled }) => !disabled && value !== '' && value.length <= 256)
    .filter(({ value, label }) => value !== input.value && `${value} ${label}`.toLocaleLowerCase().includes(typed));
}
