import { LIMITS, PRIMITIVES, type EditCommand, type Primitive } from '../../../protocol/index.js';
import { matchesShortcut } from '../../internal/shortcut.js';
import { editCommand } from './edit-commands.js';
import { isCharacter, isOfInputMethod } from './keys.js';
import { isApple, modifierBits } from './modifiers.js';
import type { Point } from './types.js';

type KeyPrimitive = Extract<Primitive, [5 | 6, ...unknown[]]>;

export interface KeyCaptureOptions {
  /** The field for what is typed is put in here. */
  surface: HTMLElement;
  /** Keys that give the keyboard back to the desk. */
  releaseShortcut(): string;
  /** Sends at once what the keyboard did. */
  send(primitives: Primitive[]): void;
  /** A key that something of ours takes which is open. True: it doesn't reach the page. */
  onKey(event: KeyboardEvent): boolean;
  /** What was typed or pasted is longer than may be sent. */
  onTooLong(): void;
  /** The keyboard works the page now, or no longer. `to`: what has the focus instead. */
  onFocus(isFocused: boolean, to: EventTarget | null): void;
  /** Default: this browser's. */
  isMac?: boolean;
}

/**
 * The agent's keyboard. A field that can't be seen has the focus: input methods, symbol pickers and the clipboard need
 * one. Keys don't reach it, since each is taken and sent; what arrives in it all the same came without a key.
 */
export class KeyCapture {
  readonly field: HTMLTextAreaElement;
  readonly #options: KeyCaptureOptions;
  readonly #isMac: boolean;
  readonly #listeners = new AbortController();
  /** By code: what the consumer's page holds down. */
  readonly #held = new Map<string, KeyPrimitive>();
  /** Ctrl+V, until the browser has told what is to be pasted. */
  #pasteKey: KeyPrimitive | null = null;
  /** What was copied on the consumer's page. */
  #copied: string | null = null;
  /** The agent's clipboard could not be written. */
  #isCopyPending = false;

  constructor(options: KeyCaptureOptions) {
    this.#options = options;
    this.#isMac = options.isMac ?? isApple();
    this.field = createField();
    options.surface.append(this.field);
    this.#listen('keydown', this.#onKeyDown);
    this.#listen('keyup', this.#onKeyUp);
    this.#listen('input', this.#onInput);
    this.#listen('compositionend', this.#onComposed);
    this.#listen('compositionstart', () => this.field.toggleAttribute('data-composing', true));
    this.#listen('paste', this.#onPaste);
    this.#listen('copy', this.#onCopy);
    this.#listen('focus', () => options.onFocus(true, null));
    this.#listen('blur', this.#onBlur);
  }

  get isFocused(): boolean {
    return (this.field.getRootNode() as ShadowRoot).activeElement === this.field;
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  /** Gives the keyboard back to the desk. */
  blur(): void {
    this.field.blur();
  }

  /** The window in which an input method shows its words opens here. Pixels of the surface. */
  moveTo({ x, y }: Point): void {
    Object.assign(this.field.style, { left: `${x}px`, top: `${y}px` });
  }

  /** Forgets what is held: the consumer's page has let go of it. */
  reset(): void {
    this.#held.clear();
    this.#pasteKey = null;
  }

  /** Lets go of the keys that are held, and of nothing else. */
  releaseKeys(): void {
    const ups = [...this.#held.values()].reverse().map(upOf);
    this.reset();
    if (ups.length > 0) this.#options.send(ups);
  }

  /** Puts what was copied on the consumer's page on the agent's clipboard, where the browser lets us. */
  async keepCopied(text: string): Promise<boolean> {
    this.#copied = text;
    this.#isCopyPending = true;
    const written = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (this.#copied !== text) return true;
    this.#isCopyPending = !(written ?? false) && !this.#copyByCommand();
    return !this.#isCopyPending;
  }

  destroy(): void {
    this.#listeners.abort();
    this.field.remove();
  }

  #listen<K extends keyof HTMLElementEventMap>(type: K, handler: (event: HTMLElementEventMap[K]) => void): void {
    this.field.addEventListener(type, handler, { signal: this.#listeners.signal });
  }

  // --- keys

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // the desk's own shortcuts rest
    event.stopPropagation();
    if (isOfInputMethod(event)) return;
    if (matchesShortcut(event, this.#options.releaseShortcut())) {
      event.preventDefault();
      this.blur();
      return;
    }
    const key = this.#primitive(event);
    if (this.#options.onKey(event)) event.preventDefault();
    else if (key[7] === 'paste') {
      this.#pasteKey = key;
    } else {
      event.preventDefault();
      this.#press(key);
    }
  };

  readonly #onKeyUp = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const name = event.code || event.key;
    const held = this.#held.get(name);
    // a Mac tells nothing of keys that are let go while Command is held
    if (this.#isMac && event.key === 'Meta') this.releaseKeys();
    else if (held) {
      this.#held.delete(name);
      const [, , code, keyCode, location] = held;
      const mods = modifierBits(event);
      this.#options.send([[PRIMITIVES.keyUp, event.key || held[1], code, keyCode, location, mods, 0]]);
    }
  };

  #press(key: KeyPrimitive): void {
    // screen keyboards have no codes
    this.#held.set(key[2] || key[1], key);
    this.#options.send([key]);
  }

  #primitive(event: KeyboardEvent): KeyPrimitive {
    // pages still read it
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const { key, code, keyCode, location, repeat } = event;
    const mods = this.#modifiers(event);
    const command: EditCommand | undefined = editCommand(key, mods, this.#isMac);
    const common = [key, code, keyCode, location, mods, repeat ? 1 : 0] as const;
    return command ? [PRIMITIVES.keyDown, ...common, command] : [PRIMITIVES.keyDown, ...common];
  }

  /** Keys that are only held to write a character, as AltGr and Option, are none to the page. */
  #modifiers(event: KeyboardEvent): number {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isAltGr = event.getModifierState('AltGraph') && isCharacter(key);
    const isOption = this.#isMac && altKey && !ctrlKey && !metaKey && isCharacter(key);
    const isWriting = isAltGr || isOption;
    return modifierBits({ shiftKey, metaKey, altKey: altKey && !isWriting, ctrlKey: ctrlKey && !isAltGr });
  }

  // --- what comes without a key

  readonly #onInput = (event: InputEvent): void => {
    if (!event.isComposing) this.#take(0);
  };

  readonly #onComposed = (): void => {
    this.field.removeAttribute('data-composing');
    this.#take(1);
  };

  #take(ime: 0 | 1): void {
    const text = this.field.value;
    this.field.value = '';
    if (text === '') return;
    if (text.length > LIMITS.inputTextLength) this.#options.onTooLong();
    else this.#options.send([[PRIMITIVES.text, text, ime]]);
  }

  // --- clipboard

  readonly #onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    const key = this.#pasteKey;
    this.#pasteKey = null;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    // what comes from the page goes back as it was there, with its formats
    if (key && (this.#isCopyPending || text === '' || isSame(text, this.#copied))) this.#press(key);
    else if (text.length > LIMITS.inputTextLength) this.#options.onTooLong();
    else if (text !== '') this.#options.send([[PRIMITIVES.paste, text]]);
  };

  readonly #onCopy = (event: ClipboardEvent): void => {
    if (this.#copied === null) return;
    event.clipboardData?.setData('text/plain', this.#copied);
    event.preventDefault();
  };

  // where the desk may not write to the clipboard by itself; needs a key or press just before
  #copyByCommand(): boolean {
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return this.isFocused && document.execCommand('copy');
  }

  readonly #onBlur = (event: FocusEvent): void => {
    this.field.value = '';
    this.field.removeAttribute('data-composing');
    // something else may be copied elsewhere
    this.#isCopyPending = false;
    this.#options.onFocus(false, event.relatedTarget);
  };
}

function createField(): HTMLTextAreaElement {
  const field = document.createElement('textarea');
  field.className = 'keys';
  field.rows = 1;
  field.spellcheck = false;
  field.autocapitalize = 'off';
  field.setAttribute('autocomplete', 'off');
  field.setAttribute('autocorrect', 'off');
  return field;
}

function upOf([, key, code, keyCode, location]: KeyPrimitive): KeyPrimitive {
  return [PRIMITIVES.keyUp, key, code, keyCode, location, 0, 0];
}

// Windows breaks the lines of its clipboard in its own way
function isSame(text: string, copied: string | null): boolean {
  return copied !== null && text.replace(/\r\n/g, '\n') === copied.replace(/\r\n/g, '\n');
}
