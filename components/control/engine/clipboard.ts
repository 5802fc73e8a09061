import type { Core } from './core.js';
import { flatPath, isEditable, isTextField, realmOf } from './dom.js';
import type { TextDriver } from './text.js';

/** Copy, cut and paste inside of the page. The consumer's own clipboard is never read and never written. */
export class Clipboard {
  readonly #core: Core;
  readonly #text: TextDriver;
  #plain = '';
  #html = '';

  constructor(core: Core, text: TextDriver) {
    this.#core = core;
    this.#text = text;
  }

  copy(type: 'copy' | 'cut'): void {
    const target = this.#target();
    if (!mayCopy(this.#core, target)) return;
    const data = new (realmOf(target).DataTransfer)();
    const isFree = this.#core.fire(target, clipboardEvent(target, type, data));
    if (isFree) {
      const { plain, html } = selected(target);
      if (plain === '') return;
      this.#keep(plain, html);
      if (type === 'cut' && isEditable(this.#core.active)) this.#text.removeSelection('deleteByCut');
    } else {
      this.#keepOfPage(target, data.getData('text/plain'), data.getData('text/html'));
    }
  }

  /** Of the agent's own clipboard when `text` is given, else of what was copied on this page. */
  paste(text?: string): void {
    const target = this.#target();
    const plain = text ?? this.#plain;
    const html = text === undefined ? this.#html : '';
    const data = new (realmOf(target).DataTransfer)();
    if (plain !== '') data.setData('text/plain', plain);
    if (html !== '') data.setData('text/html', html);
    const isFree = this.#core.fire(target, clipboardEvent(target, 'paste', data));
    if (isFree && plain !== '') this.#text.paste(plain, html, data);
  }

  /** What a handler of the page gives may be of more than what is selected. */
  #keepOfPage(target: Element, plain: string, html: string): void {
    const { options } = this.#core;
    if (options.tellsHidden?.(`${plain} ${html}`, selected(target).plain)) this.#core.refuse('masked', target);
    else this.#keep(plain, html);
  }

  #keep(plain: string, html: string): void {
    this.#plain = plain;
    this.#html = html;
    if (plain !== '') this.#core.options.onCopy(plain);
  }

  // without focus the event goes to where the selection is
  #target(): Element {
    const { active } = this.#core;
    if (isTextField(active)) return active;
    const node = active.ownerDocument.getSelection()?.focusNode;
    const element = node && (node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement);
    return element && element.isConnected ? element : active;
  }
}

/** Nothing of what is selected may be protected. */
export function mayCopy(core: Core, target: Element): boolean {
  if (!core.may(target, 'copy')) return false;
  if (isTextField(target)) return true;
  const selection = target.ownerDocument.getSelection();
  if (!selection || selection.rangeCount === 0) return true;
  const range = selection.getRangeAt(0);
  const common = range.commonAncestorContainer;
  const around = common.nodeType === Node.ELEMENT_NODE ? (common as Element) : common.parentElement;
  if (!around) return true;
  const inside = [...around.querySelectorAll('*')].filter((element) => range.intersectsNode(element));
  return [around, ...flatPath(around), ...inside].every((element) => core.may(element, 'copy'));
}

function selected(target: Element): { plain: string; html: string } {
  if (isTextField(target)) {
    const { selectionStart, selectionEnd, value } = target;
    if (selectionStart === null) return { plain: target.ownerDocument.getSelection()?.toString() ?? '', html: '' };
    return { plain: value.slice(selectionStart, selectionEnd ?? selectionStart), html: '' };
  }
  const selection = target.ownerDocument.getSelection();
  if (!selection || selection.isCollapsed) return { plain: '', html: '' };
  const holder = target.ownerDocument.createElement('div');
  holder.append(selection.getRangeAt(0).cloneContents());
  return { plain: selection.toString(), html: holder.innerHTML };
}

// Firefox makes the event without what is in it
function clipboardEvent(target: Element, type: string, clipboardData: DataTransfer): ClipboardEvent {
  const { ClipboardEvent } = realmOf(target);
  const event = new ClipboardEvent(type, { bubbles: true, cancelable: true, composed: true, clipboardData });
  if (event.clipboardData !== clipboardData) {
    Object.defineProperty(event, 'clipboardData', { value: clipboardData, configurable: true });
  }
  return event;
}
