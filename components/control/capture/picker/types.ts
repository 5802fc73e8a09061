import type { AgentLocalize } from '../../../internal/agent-words.js';

/** A form field of the mirror that has a picker. */
export type Field = HTMLSelectElement | HTMLInputElement;

export interface PickerContext {
  readonly field: Field;
  readonly words: AgentLocalize;
  /** Mirror id of a node, -1 when it has none. */
  idOf(node: Node): number;
  /** Options of a select, by mirror id. */
  choose(options: number[]): void;
  set(value: string): void;
  /** It is over; the keyboard goes back to the page. */
  close(): void;
}

/** What is open over a field. */
export interface Picker {
  /** A popover. */
  readonly element: HTMLElement;
  /** After it has been opened and placed. */
  start(): void;
  /** The field has changed. @returns false when there is nothing to show any more. */
  refresh(): boolean;
  /** A key of the page's keyboard, while the picker leaves the focus there. True: it was for the picker. */
  onKey?(event: KeyboardEvent): boolean;
}
