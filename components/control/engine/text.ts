import type { Core } from './core.js';
import { editingHost, isEditable, isEditableHost, isTextArea, isTextField, isTextInput, realmOf } from './dom.js';

const IS_WEBKIT = navigator.vendor.startsWith('Apple');
const IS_GECKO = CSS.supports('-moz-appearance', 'none');

interface Edit {
  command: string;
  inputType: string;
  /** What `beforeinput` says, and what is put in. */
  data?: string | null;
  value?: string;
  dataTransfer?: DataTransfer;
  /** Told by a `textInput` event too, as old pages and React expect. */
  textInput?: string;
}

/** Text through the browser's own editing, so that undo, masks, limits and frameworks see what they see of a person. */
export class TextDriver {
  readonly #core: Core;
  /** Fields that were edited since they last said `change`, with the value before. */
  readonly #edited = new WeakMap<Element, string>();
  /** What a field held after the last edit: something else was put in by the page. */
  readonly #left = new WeakMap<Element, string>();
  readonly #told = new WeakMap<Element, string>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Types text where the caret is. */
  insert(text: string, inputType = 'insertText'): void {
    this.edit({ command: 'insertText', inputType, data: text, value: text, textInput: text });
  }

  paste(text: string, html: string, dataTransfer: DataTransfer): void {
    const { active } = this.#core;
    const isRich = html !== '' && isEditableHost(active) && !isPlain(active);
    const plain = isTextInput(active) ? text.replaceAll(/\r?\n/g, ' ') : text;
    this.edit({
      command: isRich ? 'insertHTML' : 'insertText',
      inputType: 'insertFromPaste',
      value: isRich ? html : plain,
      ...(isEditableHost(active) ? { data: null, dataTransfer } : { data: plain }),
      textInput: plain,
    });
  }

  /** Enter in text of several lines. */
  newLine(isShift: boolean): void {
    const { active } = this.#core;
    const isBreak = isTextArea(active) || isShift || isPlain(active);
    this.edit({
      command: isBreak ? 'insertLineBreak' : 'insertParagraph',
      inputType: isBreak ? 'insertLineBreak' : 'insertParagraph',
      data: null,
      textInput: '\n',
    });
  }

  remove(direction: 'Backward' | 'Forward', unit: 'character' | 'word' | 'line'): void {
    const inputType = {
      character: `deleteContent${direction}`,
      word: `deleteWord${direction}`,
      line: `deleteSoftLine${direction}`,
    }[unit];
    const before = () => {
      if (unit !== 'character' && this.#isCollapsed()) {
        const selection = this.#core.active.ownerDocument.getSelection();
        selection?.modify('extend', direction.toLowerCase(), unit === 'word' ? 'word' : 'lineboundary');
      }
    };
    this.edit({ command: direction === 'Backward' ? 'delete' : 'forwardDelete', inputType }, before);
  }

  removeSelection(inputType: string): void {
    if (!this.#isCollapsed()) this.edit({ command: 'delete', inputType });
  }

  history(direction: 'undo' | 'redo'): void {
    this.edit({ command: direction, inputType: direction === 'undo' ? 'historyUndo' : 'historyRedo' });
  }

  format(command: 'bold' | 'italic' | 'underline'): void {
    const { active } = this.#core;
    if (!isEditableHost(active) || isPlain(active)) return;
    const name = command[0]!.toUpperCase() + command.slice(1);
    this.edit({ command, inputType: `format${name}` });
  }

  /** A word of an input method, in one go. */
  compose(text: string): void {
    const target = this.#core.active;
    if (!isEditable(target)) return;
    const { CompositionEvent } = realmOf(target);
    const tell = (type: string, data: string) =>
      this.#core.fire(target, new CompositionEvent(type, { bubbles: true, cancelable: true, composed: true, data }));
    if (!tell('compositionstart', '')) return;
    const edit = { command: 'insertText', inputType: 'insertCompositionText', data: text, value: text };
    tell('compositionupdate', text);
    this.edit(edit);
    // the commit says the same once more
    tell('compositionupdate', text);
    this.edit(edit, () => {
      const selection = this.#core.active.ownerDocument.getSelection();
      for (let letters = [...text].length; letters > 0; letters -= 1)
        selection?.modify('extend', 'backward', 'character');
    });
    tell('compositionend', text);
  }

  /** Asks by `beforeinput`, and when it is free lets the browser edit. */
  edit(edit: Edit, before?: () => void): void {
    const target = this.#core.active;
    if (!isEditable(target)) {
      // asked all the same where only the text can't be changed
      if (isTextField(target) && target.readOnly) this.#ask(target, edit);
      return;
    }
    if (!IS_WEBKIT && !this.#ask(target, edit)) return;
    if (edit.textInput !== undefined && !this.#tellTextInput(target, edit.textInput)) return;
    const active = this.#core.active;
    if (active !== target && !isEditable(active)) return;
    before?.();
    this.#execute(active, edit);
  }

  #ask(target: Element, { inputType, data = null, dataTransfer }: Edit): boolean {
    const { InputEvent } = realmOf(target);
    return this.#core.fire(
      target,
      new InputEvent('beforeinput', {
        bubbles: true,
        cancelable: true,
        composed: true,
        inputType,
        data,
        view: realmOf(target),
        ...(dataTransfer ? { dataTransfer } : {}),
        targetRanges: isEditableHost(target) ? rangesOf(target) : [],
      }),
    );
  }

  // WebKit would insert the text itself
  #tellTextInput(target: Element, text: string): boolean {
    if (IS_WEBKIT || IS_GECKO) return true;
    const event = target.ownerDocument.createEvent('TextEvent') as Event & {
      initTextEvent(type: string, bubbles: boolean, cancelable: boolean, view: Window, data: string): void;
    };
    event.initTextEvent('textInput', true, true, realmOf(target), text);
    return this.#core.fire(target, event);
  }

  #execute(target: Element, { command, inputType, value }: Edit): void {
    const field = isTextField(target) ? target : null;
    if (field && !this.#edited.has(field)) this.#edited.set(field, field.value);
    const view = realmOf(target);
    const patch = (event: Event) => {
      if (!event.isTrusted || (event as InputEvent).inputType === inputType) return;
      Object.defineProperty(event, 'inputType', { value: inputType, configurable: true });
    };
    view.addEventListener('input', patch, true);
    try {
      if (value === '') target.ownerDocument.execCommand('delete');
      else target.ownerDocument.execCommand(command, false, value);
    } finally {
      view.removeEventListener('input', patch, true);
    }
    if (field) this.#left.set(field, field.value);
    this.#core.focus.sync();
  }

  /** Moves or extends caret and selection. */
  modify(
    how: 'move' | 'extend',
    direction: 'Backward' | 'Forward' | 'Left' | 'Right',
    unit: 'character' | 'word' | 'line' | 'lineboundary' | 'documentboundary' | 'paragraph',
  ): void {
    const { active } = this.#core;
    if (how === 'extend' && !this.#startSelecting(active)) return;
    active.ownerDocument.getSelection()?.modify(how, direction.toLowerCase(), unit);
    if (how !== 'extend' || !isTextField(active) || this.#isCollapsed()) return;
    const { Event } = realmOf(active);
    this.#core.fire(active, new Event('select', { bubbles: true }));
  }

  // in a field the browser says it itself
  #startSelecting(active: Element): boolean {
    const node = active.ownerDocument.getSelection()?.focusNode;
    return isTextField(active) || !node || !this.#isCollapsed() || this.#core.selectStart(node);
  }

  #isCollapsed(): boolean {
    const { active } = this.#core;
    if (isTextField(active)) {
      if (active.selectionStart === null) return active.ownerDocument.getSelection()?.toString() === '';
      return active.selectionStart === active.selectionEnd;
    }
    return active.ownerDocument.getSelection()?.isCollapsed ?? true;
  }

  /** Before Enter submits: an edited field says `change`, and does not say it again when it loses the focus. */
  settleChange(field: HTMLInputElement): void {
    const before = this.#edited.get(field);
    this.#edited.delete(field);
    if (before === undefined || before === field.value || this.#left.get(field) !== field.value) return;
    this.#told.set(field, field.value);
    this.#core.change(field);
  }

  /** In the capture phase of each window. */
  readonly onChange = (event: Event): void => {
    const [target] = event.composedPath();
    if (!event.isTrusted || !(target instanceof Object)) return;
    const element = target as HTMLInputElement;
    this.#edited.delete(element);
    if (this.#told.get(element) === element.value) event.stopImmediatePropagation();
    this.#told.delete(element);
  };
}

function isPlain(element: Element): boolean {
  return isEditableHost(element) && (editingHost(element) as HTMLElement).contentEditable === 'plaintext-only';
}

function rangesOf(target: Element): StaticRange[] {
  const selection = target.ownerDocument.getSelection();
  if (!selection || selection.rangeCount === 0) return [];
  const { StaticRange } = realmOf(target);
  return [new StaticRange(selection.getRangeAt(0))];
}
