import type { LiveMessage } from '../../../protocol/index.js';
import type { Recorder } from '../../mirror/types.js';
import { Soon } from '../../mirror/soon.js';
import { deepActive, isEditable, isTextField } from '../engine/dom.js';

type Caret = Extract<LiveMessage, { type: 'caret' }>;

const NONE: Caret = { type: 'caret', focus: 0, node: 0, start: 0, end: 0 };

interface TellerOptions {
  recorder: Pick<Recorder, 'idOf'>;
  /** Whether the agent may know what is in it. */
  isClear(element: Element): boolean;
  send(message: Caret): void;
}

/** Tells the agent where the keyboard writes: the mirror has neither focus nor caret of its own. */
export class CaretTeller {
  readonly #options: TellerOptions;
  readonly #soon = new Soon(() => this.#tell());
  readonly #listeners = new AbortController();
  #told = '';

  constructor(options: TellerOptions) {
    this.#options = options;
    const { signal } = this.#listeners;
    for (const type of ['selectionchange', 'focusin', 'focusout', 'input'])
      document.addEventListener(type, () => this.look(), { capture: true, passive: true, signal });
    this.look();
  }

  /** Something may have moved it: in frames and shadow roots not all is heard. */
  look(): void {
    this.#soon.ask();
  }

  stop(): void {
    this.#listeners.abort();
    this.#soon.stop();
  }

  #tell(): void {
    const caret = this.#find();
    const told = JSON.stringify(caret);
    if (told === this.#told) return;
    this.#told = told;
    this.#options.send(caret);
  }

  #find(): Caret {
    const element = deepActive(document);
    const focus = this.#idOf(element);
    if (!focus || !this.#options.isClear(element)) return { ...NONE, focus };
    if (isTextField(element)) {
      const { selectionStart: start, selectionEnd: end } = element;
      return start === null ? { ...NONE, focus } : { type: 'caret', focus, node: focus, start, end: end ?? start };
    }
    const selection = isEditable(element) ? element.ownerDocument.getSelection() : null;
    const node = selection?.isCollapsed && selection.focusNode ? this.#idOf(selection.focusNode) : 0;
    const start = node ? selection!.focusOffset : 0;
    return { type: 'caret', focus, node, start, end: start };
  }

  #idOf(node: Node): number {
    return Math.max(0, this.#options.recorder.idOf(node));
  }
}
