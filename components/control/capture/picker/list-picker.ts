import { html, nothing, render, type TemplateResult } from 'lit';
import { icons } from '../../../internal/icons.js';
import { isCharacter } from '../keys.js';
import { createPopover, nameOf, speakAs } from './field.js';
import { Typeahead } from './typeahead.js';
import type { Picker, PickerContext } from './types.js';

const PAGE = 10;

interface Entry {
  readonly option: HTMLOptionElement;
  readonly text: string;
  readonly enabled: boolean;
}

interface Group {
  readonly name: string | null;
  readonly entries: readonly Entry[];
}

/** The options of a `<select>`: a list box with the options of the mirrored one. */
export class ListPicker implements Picker {
  readonly element = createPopover();
  readonly #context: PickerContext;
  readonly #select: HTMLSelectElement;
  readonly #typeahead = new Typeahead();
  #groups: readonly Group[] = [];
  #entries: readonly Entry[] = [];
  #active = -1;
  #chosen = new Set<HTMLOptionElement>();

  constructor(context: PickerContext) {
    this.#context = context;
    this.#select = context.field as HTMLSelectElement;
    speakAs(this.element, this.#select);
    this.#chosen = new Set(this.#select.selectedOptions);
    this.#read();
    this.#active = this.#entries.findIndex(({ option }) => this.#chosen.has(option));
    if (this.#active === -1) this.#active = this.#next(-1, 1);
    this.#render();
  }

  start(): void {
    this.#list.focus({ preventScroll: true });
    this.#reveal('center');
  }

  refresh(): boolean {
    const active = this.#entries[this.#active]?.option;
    this.#read();
    this.#active = this.#entries.findIndex(({ option }) => option === active);
    this.#render();
    return this.#entries.length > 0;
  }

  get #list(): HTMLElement {
    return this.element.querySelector<HTMLElement>('[role="listbox"]')!;
  }

  #read(): void {
    this.#groups = groupsOf(this.#select);
    this.#entries = this.#groups.flatMap(({ entries }) => entries);
  }

  // --- keys

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey) return;
    const target = this.#targetOf(event);
    if (target !== undefined) this.#go(target);
    else if (event.key === 'Escape') this.#context.close();
    else if (event.key === 'Tab') this.#accept(true);
    else if (event.key === 'Enter' || (event.key === ' ' && !this.#typeahead.isTyping())) this.#accept(false);
    else if (isCharacter(event.key) && !event.altKey) this.#type(event.key);
    else return;
    event.preventDefault();
  };

  #targetOf({ key, altKey }: KeyboardEvent): number | undefined {
    const last = this.#entries.length - 1;
    switch (key) {
      case 'ArrowDown':
        return this.#next(this.#active, 1);
      case 'ArrowUp':
        // as it closes the browser's own
        return altKey ? undefined : this.#next(this.#active, -1);
      case 'Home':
        return this.#next(-1, 1);
      case 'End':
        return this.#next(last + 1, -1);
      case 'PageDown':
        return this.#nearest(Math.min(last, this.#active + PAGE), -1);
      case 'PageUp':
        return this.#nearest(Math.max(0, this.#active - PAGE), 1);
      default:
        return undefined;
    }
  }

  #next(from: number, step: 1 | -1): number {
    for (let index = from + step; index >= 0 && index < this.#entries.length; index += step) {
      if (this.#entries[index]!.enabled) return index;
    }
    return from >= 0 && from < this.#entries.length ? from : this.#active;
  }

  #nearest(index: number, step: 1 | -1): number {
    return this.#entries[index]?.enabled ? index : this.#next(index, step);
  }

  #type(letter: string): void {
    const texts = this.#entries.map(({ text, enabled }) => (enabled ? text : ''));
    const found = this.#typeahead.find(letter, texts, this.#active);
    if (found !== -1) this.#go(found);
  }

  #go(index: number): void {
    this.#active = index;
    this.#render();
    this.#reveal('nearest');
  }

  /** @param isLeaving what is marked in a list of many stays as it is */
  #accept(isLeaving: boolean): void {
    const entry = this.#entries[this.#active];
    if (isLeaving && this.#select.multiple) this.#context.close();
    else if (entry?.enabled) this.#pick(entry.option);
    else this.#context.close();
  }

  #pick(option: HTMLOptionElement): void {
    if (this.#select.multiple) {
      if (!this.#chosen.delete(option)) this.#chosen.add(option);
      this.#send([...this.#entries.map((entry) => entry.option).filter((one) => this.#chosen.has(one))]);
      this.#render();
      return;
    }
    if (!this.#chosen.has(option)) this.#send([option]);
    this.#context.close();
  }

  #send(options: HTMLOptionElement[]): void {
    this.#context.choose(options.map((option) => this.#context.idOf(option)).filter((id) => id > 0));
  }

  #reveal(block: ScrollLogicalPosition): void {
    this.element.querySelector('[data-active]')?.scrollIntoView({ block, inline: 'nearest' });
  }

  // --- templates

  #render(): void {
    let index = 0;
    const groups = this.#groups.map(({ name, entries }, group) => {
      const first = index;
      index += entries.length;
      const options = entries.map((entry, at) => this.#renderEntry(entry, first + at));
      return name === null ? options : renderGroup(name, group, options);
    });
    const { words } = this.#context;
    render(
      html`<div
        class="options"
        role="listbox"
        tabindex="0"
        aria-label=${nameOf(this.#select, words.term('agentPickerOptions'))}
        aria-multiselectable=${this.#select.multiple ? 'true' : nothing}
        aria-activedescendant=${this.#active >= 0 ? `option-${this.#active}` : nothing}
        @keydown=${this.#onKeyDown}
      >
        ${groups}
      </div>`,
      this.element,
    );
  }

  #renderEntry({ option, text, enabled }: Entry, index: number): TemplateResult {
    const isChosen = this.#chosen.has(option);
    return html`<div
      class="option"
      role="option"
      id="option-${index}"
      aria-selected=${isChosen ? 'true' : 'false'}
      aria-disabled=${enabled ? nothing : 'true'}
      ?data-active=${index === this.#active}
      @pointermove=${() => enabled && index !== this.#active && this.#hover(index)}
      @click=${() => enabled && this.#pick(option)}
    >
      <span class="option__mark">${isChosen ? icons.check : nothing}</span><span>${text || '\u00a0'}</span>
    </div>`;
  }

  #hover(index: number): void {
    this.#active = index;
    this.#render();
  }
}

function renderGroup(name: string, group: number, options: unknown): TemplateResult {
  return html`<div class="options__group" role="group" aria-labelledby="group-${group}">
    <div class="options__name" id="group-${group}" role="presentation">${name}</div>
    ${options}
  </div>`;
}

/** In the order of the page, runs of options without a group too. */
function groupsOf(select: HTMLSelectElement): Group[] {
  const groups: { name: string | null; parent: Element; entries: Entry[] }[] = [];
  for (const option of select.options) {
    if (option.hidden) continue;
    const around = option.parentElement!;
    const isGroup = around.localName === 'optgroup';
    const parent = isGroup ? around : select;
    const isOff = option.disabled || (isGroup && (around as HTMLOptGroupElement).disabled);
    const entry = { option, text: (option.label || option.text).trim(), enabled: !isOff };
    const last = groups.at(-1);
    if (last?.parent === parent) last.entries.push(entry);
    else groups.push({ name: isGroup ? (around as HTMLOptGroupElement).label : null, parent, entries: [entry] });
  }
  return groups;
}
