import type { LiveMessage } from '../../../protocol/index.js';
import type { Player } from '../../mirror/types.js';

type Caret = Extract<LiveMessage, { type: 'caret' }>;

/** What decides where a text field's characters stand. */
const COPIED = [
  'font',
  'letterSpacing',
  'wordSpacing',
  'textIndent',
  'textTransform',
  'textAlign',
  'direction',
  'tabSize',
  'lineHeight',
  'padding',
  'borderStyle',
  'borderWidth',
  'wordBreak',
  'overflowWrap',
] as const;

/** Draws the caret of the consumer's page over the picture: the mirror never has the focus, so it shows none. */
export class PageCaret {
  readonly #bar = document.createElement('div');
  readonly #player: Player;
  #caret: Caret | null = null;

  /** @param ring what the bar is put beside: in the page's own CSS pixels */
  constructor(ring: HTMLElement, player: Player) {
    this.#player = player;
    this.#bar.className = 'page-caret';
    this.#bar.hidden = true;
    ring.after(this.#bar);
  }

  set(caret: Caret): void {
    this.#caret = caret;
    // starts to blink anew
    this.#bar.getAnimations?.().forEach((animation) => (animation.currentTime = 0));
    this.update();
  }

  /** The mirror has changed or scrolled. */
  update(): void {
    const box = this.#box();
    this.#bar.hidden = !box;
    if (!box) return;
    const { style } = this.#bar;
    style.translate = `${box.left}px ${box.top}px`;
    style.height = `${box.height}px`;
    style.color = box.color;
  }

  destroy(): void {
    this.#bar.remove();
  }

  #box(): { left: number; top: number; height: number; color: string } | null {
    const { node: id = 0, start = 0, end = 0 } = this.#caret ?? {};
    const node = id > 0 && start === end ? this.#player.nodeOf(id) : null;
    if (!node?.isConnected) return null;
    const field = node as HTMLInputElement | HTMLTextAreaElement;
    const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement;
    if (!element) return null;
    const inside = /^(?:input|textarea)$/.test(field.localName) ? placeInField(field, start) : placeInText(node, start);
    if (!inside) return null;
    const outer = this.#player.rectOf(element);
    const own = element.getBoundingClientRect();
    const { caretColor, color } = getComputedStyle(element);
    const [left, top] = [inside.left + outer.left - own.left, inside.top + outer.top - own.top];
    const isSeen =
      left >= outer.left - 1 && left <= outer.right + 1 && top + inside.height > outer.top && top < outer.bottom;
    return isSeen ? { left, top, height: inside.height, color: caretColor === 'auto' ? color : caretColor } : null;
  }
}

/** In the element's own viewport. */
function placeInText(node: Node, offset: number): DOMRect | null {
  const range = node.ownerDocument!.createRange();
  const length = node.nodeType === Node.TEXT_NODE ? (node as Text).length : node.childNodes.length;
  range.setStart(node, Math.min(offset, length));
  const box = range.getClientRects()[0];
  if (box) return box;
  const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement!;
  const inside = (element.childNodes[offset] as Partial<Element> | undefined)?.getBoundingClientRect?.();
  return inside ?? element.getBoundingClientRect();
}

/** A browser does not say where the characters of a field stand: the same text in a box of the same look does. */
function placeInField(field: HTMLInputElement | HTMLTextAreaElement, offset: number): DOMRect | null {
  const own = field.getBoundingClientRect();
  if (own.width === 0 || own.height === 0) return null;
  const copy = copyOf(field);
  const text = field.ownerDocument.createTextNode(`${field.value}\u200b`);
  copy.append(text);
  field.ownerDocument.documentElement.append(copy);
  const range = field.ownerDocument.createRange();
  const place = Math.min(offset, field.value.length);
  range.setStart(text, place);
  range.setEnd(text, place + 1);
  const [from, at] = [copy.getBoundingClientRect(), range.getClientRects()[0] ?? copy.getBoundingClientRect()];
  copy.remove();
  // the one line of an input is in its middle
  const top = field.localName === 'textarea' ? at.top - from.top - field.scrollTop : (own.height - at.height) / 2;
  return new DOMRect(own.left + at.left - from.left - field.scrollLeft, own.top + top, 0, at.height);
}

function copyOf(field: HTMLInputElement | HTMLTextAreaElement): HTMLElement {
  const copy = field.ownerDocument.createElement('div');
  const style = field.ownerDocument.defaultView!.getComputedStyle(field);
  for (const name of COPIED) copy.style[name] = style[name];
  const borders = parseFloat(style.borderLeftWidth) + parseFloat(style.borderRightWidth);
  const scrollbar = field.offsetWidth - field.clientWidth - borders;
  Object.assign(copy.style, {
    position: 'fixed',
    inset: '0 auto auto 0',
    visibility: 'hidden',
    boxSizing: 'border-box',
    width: `${field.offsetWidth - Math.max(0, scrollbar)}px`,
    whiteSpace: field.localName === 'textarea' ? 'pre-wrap' : 'pre',
  });
  return copy;
}
