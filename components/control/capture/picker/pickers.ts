import { PRIMITIVES, type Primitive } from '../../../../protocol/index.js';
import type { AgentLocalize } from '../../../internal/agent-words.js';
import type { Player } from '../../../mirror/types.js';
import type { Point } from '../types.js';
import type { ViewSpace } from '../view-space.js';
import { isMasked, pickerKind } from './field.js';
import { ListPicker } from './list-picker.js';
import { placeAt } from './place.js';
import { SuggestPicker } from './suggest-picker.js';
import type { Field, Picker, PickerContext } from './types.js';
import { ValuePicker } from './value-picker.js';

export interface PickersOptions {
  layer: HTMLElement;
  surface: HTMLElement;
  player: Player;
  space: ViewSpace;
  words: AgentLocalize;
  /** The field that has the keyboard while the agent types. */
  keys: HTMLElement;
  send(primitive: Primitive): void;
  /** A picker is over. `hadFocus`: the keyboard was in it. */
  onClose(hadFocus: boolean): void;
  /** There is a picker, but its choices are hidden from the agent. */
  onMasked(): void;
}

interface OpenPicker {
  readonly id: number;
  readonly field: Field;
  readonly picker: Picker;
}

/** The one picker that may be open over a field of the mirror. */
export class Pickers {
  readonly #options: PickersOptions;
  #open: OpenPicker | null = null;
  readonly #onOutside = (event: Event): void => {
    const path = event.composedPath();
    // a press on the surface is asked for separately
    if (this.#open && !path.includes(this.#open.picker.element) && !path.includes(this.#options.surface)) this.close();
  };

  constructor(options: PickersOptions) {
    this.#options = options;
    document.addEventListener('pointerdown', this.#onOutside, true);
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  contains(node: EventTarget | null): boolean {
    return this.#options.layer.contains(node as Node | null);
  }

  /** @param id of the field in the mirror */
  open(id: number): void {
    const node = this.#options.player.nodeOf(id);
    const kind = pickerKind(node);
    if (this.#open?.id === id && kind !== 'suggest') return;
    this.close();
    if (!kind) return;
    const field = node as Field;
    if (isMasked(field)) this.#options.onMasked();
    else this.#show(id, field, kind);
  }

  /** After a key of text: a field with suggestions shows them while one types. */
  suggest(id: number | null): void {
    if (id === null || this.#open) return;
    const node = this.#options.player.nodeOf(id);
    if (pickerKind(node) === 'suggest' && !isMasked(node as Field)) this.#show(id, node as Field, 'suggest');
  }

  /** The mirror or the size of the view has changed. */
  refresh(): void {
    const { player } = this.#options;
    const open = this.#open;
    if (!open) return;
    if (player.nodeOf(open.id) !== open.field || !this.#isInSight(open.field) || !open.picker.refresh()) this.close();
    else this.#place(open);
  }

  /** A press on the surface. True: it was on the open picker's own field, and only closes it. */
  press(point: Point): boolean {
    const open = this.#open;
    if (!open) return false;
    this.close();
    const { left, right, top, bottom } = this.#options.player.rectOf(open.field);
    const isOnField = point.x >= left && point.x <= right && point.y >= top && point.y <= bottom;
    return isOnField && open.field.localName === 'select';
  }

  /** A key, while the keyboard is with the page. True: it was for the picker. */
  onKey(event: KeyboardEvent): boolean {
    return this.#open?.picker.onKey?.(event) ?? false;
  }

  close(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    const { keys, onClose } = this.#options;
    const { element } = open.picker;
    const hadFocus = element.contains((element.getRootNode() as ShadowRoot).activeElement);
    element.remove();
    keys.removeAttribute('aria-controls');
    keys.removeAttribute('aria-activedescendant');
    onClose(hadFocus);
  }

  destroy(): void {
    document.removeEventListener('pointerdown', this.#onOutside, true);
    this.close();
  }

  #show(id: number, field: Field, kind: 'list' | 'value' | 'suggest'): void {
    const picker = this.#create(id, field, kind);
    if (!picker.refresh()) return;
    const open = { id, field, picker };
    this.#open = open;
    this.#options.layer.append(picker.element);
    picker.element.showPopover();
    this.#place(open);
    picker.start();
  }

  #create(id: number, field: Field, kind: 'list' | 'value' | 'suggest'): Picker {
    const { player, words, keys, send } = this.#options;
    const context: PickerContext = {
      field,
      words,
      idOf: (node) => player.idOf(node),
      choose: (options) => send([PRIMITIVES.choose, id, options]),
      set: (value) => send([PRIMITIVES.set, id, value]),
      close: () => this.close(),
    };
    if (kind === 'list') return new ListPicker(context);
    return kind === 'value' ? new ValuePicker(context) : new SuggestPicker(context, keys);
  }

  #place({ field, picker }: OpenPicker): void {
    placeAt(this.#options.space.toWindow(this.#options.player.rectOf(field)), picker.element);
  }

  #isInSight(field: Field): boolean {
    const { left, right, top, bottom, width, height } = this.#options.player.rectOf(field);
    const page = this.#options.space.size;
    const isInPage = right > 0 && bottom > 0 && left < page.width && top < page.height;
    return isInPage && width > 0 && height > 0 && pickerKind(field) !== null;
  }
}
