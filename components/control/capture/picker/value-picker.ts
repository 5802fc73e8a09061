import { html, nothing, render } from 'lit';
import { createPopover, nameOf } from './field.js';
import type { Picker, PickerContext } from './types.js';

/** A date, time or colour: a field of the same kind in a small panel, with the browser's own picker. */
export class ValuePicker implements Picker {
  readonly element = createPopover();
  readonly #context: PickerContext;

  constructor(context: PickerContext) {
    this.#context = context;
    const { element } = this;
    element.setAttribute('role', 'dialog');
    element.addEventListener('keydown', this.#onKeyDown);
    this.#render();
    this.#input.value = this.#field.value;
  }

  start(): void {
    this.#input.focus({ preventScroll: true });
    try {
      this.#input.showPicker();
    } catch {
      // no press just before, or a desk in a frame: the field can be typed in
    }
  }

  // what is being chosen stays, whatever the page does meanwhile
  refresh(): boolean {
    return true;
  }

  get #field(): HTMLInputElement {
    return this.#context.field as HTMLInputElement;
  }

  get #input(): HTMLInputElement {
    return this.element.querySelector('input')!;
  }

  get #form(): HTMLFormElement {
    return this.element.querySelector('form')!;
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const { value } = this.#input;
    if (!this.#input.reportValidity()) return;
    if (value !== this.#field.value) this.#context.set(value);
    this.#context.close();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#context.close();
    } else if (event.key === 'Enter' && event.target === this.#input) {
      // in some browsers it opens the picker
      event.preventDefault();
      this.#form.requestSubmit();
    }
  };

  #render(): void {
    const { words, close } = this.#context;
    const { type, min, max, step } = this.#field;
    const name = nameOf(this.#field, words.term('agentPickerValue'));
    this.element.setAttribute('aria-label', name);
    render(
      html`<form class="panel" novalidate @submit=${this.#onSubmit}>
        <label class="panel__field"
          ><span>${name}</span><input type=${type} min=${min || nothing} max=${max || nothing} step=${step || nothing}
        /></label>
        <div class="panel__actions">
          <button type="button" class="button outline" @click=${close}>${words.term('agentPickerCancel')}</button>
          <button type="submit" class="button accent">${words.term('agentPickerSet')}</button>
        </div>
      </form>`,
      this.element,
    );
  }
}
