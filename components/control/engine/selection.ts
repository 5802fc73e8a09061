import type { Core } from './core.js';
import { closestFlat, isDisabled, isEditableHost, isTextArea, isTextField, isTextInput, realmOf } from './dom.js';
import { pointIn } from './hit-test.js';
import type { PressStep, TextPlace } from './types.js';

interface Caret {
  node: Node;
  offset: number;
}

interface Dragging {
  /** What a drag keeps selected: the caret, word or paragraph of the press. */
  field: HTMLInputElement | HTMLTextAreaElement | null;
  document: Document;
  from: number;
  to: number;
  node: Node | null;
  unit: 'character' | 'word' | 'paragraph';
}

/** Caret and selection by the mouse. */
export class SelectionDriver {
  readonly #core: Core;
  #drag: Dragging | null = null;
  /** Where Tab starts from, when nothing has the focus. */
  #start: Element | null = null;
  /** A press inside the selection takes it away on release. */
  #collapseAt: { document: Document; caret: Caret } | null = null;

  constructor(core: Core) {
    this.#core = core;
  }

  startAt(element: Element | null): void {
    this.#start = element;
  }

  /** The last place pressed, for Tab. */
  get startingPoint(): Element | null {
    return this.#start?.isConnected ? this.#start : null;
  }

  press(target: Element, step: PressStep): void {
    this.#drag = null;
    if (isTextField(target)) this.#pressField(target, step);
    else if (canSelect(target)) this.#pressText(target, step);
  }

  dragTo(target: Element, text: TextPlace | undefined): void {
    const drag = this.#drag;
    if (!drag) return;
    this.#collapseAt = null;
    if (drag.field) this.#dragField(drag, drag.field);
    else this.#dragText(drag, target, text);
  }

  release(): void {
    this.#drag = null;
    const collapse = this.#collapseAt;
    this.#collapseAt = null;
    if (collapse?.caret.node.isConnected) {
      collapse.document.getSelection()?.collapse(collapse.caret.node, collapse.caret.offset);
    }
  }

  /** Whether a press here is in what is selected. */
  isInSelection(target: Element): boolean {
    const selection = target.ownerDocument.getSelection();
    if (!selection || selection.isCollapsed || isTextField(target) || selection.rangeCount === 0) return false;
    const { x, y } = this.#point(target.ownerDocument);
    return [...selection.getRangeAt(0).getClientRects()].some(
      ({ left, right, top, bottom }) => x >= left && x < right && y >= top && y < bottom,
    );
  }

  /** It is being dragged. */
  keepNoMore(): void {
    this.#collapseAt = null;
  }

  /** Keeps the selection of a press in it until the release shows that nothing was dragged. */
  keepUntilRelease(target: Element): void {
    const caret = this.#caretAt(target.ownerDocument);
    this.#collapseAt = caret && { document: target.ownerDocument, caret };
  }

  #point(document: Document): { x: number; y: number } {
    return pointIn(document, this.#core.top.document, this.#core.x, this.#core.y);
  }

  #caretAt(document: Document, text?: TextPlace): Caret | null {
    if (text && text.node.isConnected && text.offset <= (text.node.nodeValue?.length ?? 0)) return text;
    const { x, y } = this.#point(document);
    const shadowRoots = shadowRootsOf(document, x, y);
    const position = document.caretPositionFromPoint?.(x, y, { shadowRoots });
    if (position) return { node: position.offsetNode, offset: position.offset };
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? { node: range.startContainer, offset: range.startOffset } : null;
  }

  #pressField(field: HTMLInputElement | HTMLTextAreaElement, { button, clicks, mods }: PressStep): void {
    if (isDisabled(field)) return;
    const offset = this.#fieldOffset(field);
    const { selectionStart, selectionEnd, value } = field;
    if (button !== 0 && selectionStart !== null && selectionStart !== selectionEnd) return;
    if (selectionStart === null) {
      placeCaretBySteps(field, offset, clicks);
      return;
    }
    const [from, to] = unitAt(field, value, offset, clicks);
    const start = mods.shift ? (field.selectionDirection === 'backward' ? selectionEnd! : selectionStart) : from;
    if (mods.shift) setRange(field, start, offset);
    else setRange(field, from, to);
    const unit = clicks > 2 ? 'paragraph' : clicks === 2 ? 'word' : 'character';
    if (button === 0)
      this.#drag = { field, document: field.ownerDocument, from: start, to: mods.shift ? start : to, node: null, unit };
  }

  #fieldOffset(field: HTMLInputElement | HTMLTextAreaElement): number {
    const { length } = field.value;
    const caret = this.#caretAt(field.ownerDocument);
    if (caret?.node === field) return Math.min(caret.offset, length);
    const { left, width } = field.getBoundingClientRect();
    const { x } = this.#point(field.ownerDocument);
    return x < left + width / 2 ? 0 : length;
  }

  #dragField(drag: Dragging, field: HTMLInputElement | HTMLTextAreaElement): void {
    if (field.selectionStart === null) return;
    const offset = this.#fieldOffset(field);
    const [from, to] =
      drag.unit === 'character' ? [offset, offset] : unitAt(field, field.value, offset, drag.unit === 'word' ? 2 : 3);
    if (from < drag.from) setRange(field, drag.to, from);
    else setRange(field, drag.from, Math.max(to, drag.to));
  }

  #pressText(target: Element, step: PressStep): void {
    const document = target.ownerDocument;
    if (step.button !== 0 && this.isInSelection(target)) return;
    const selection = document.getSelection();
    const caret = this.#caretAt(document, step.text);
    if (!selection || !caret || !this.#startSelecting(target, caret)) return;
    if (step.mods.shift && selection.rangeCount > 0) selection.extend(caret.node, caret.offset);
    else this.#select(selection, caret, step.clicks);
    const unit = step.clicks > 2 ? 'paragraph' : step.clicks === 2 ? 'word' : 'character';
    if (step.button !== 0) return;
    this.#drag = { field: null, document, from: caret.offset, to: caret.offset, node: caret.node, unit };
  }

  /** Tells of a selection that the press would start, and starts none. */
  tellStart(target: Element): void {
    const caret = canSelect(target) && this.#caretAt(target.ownerDocument);
    if (caret) this.#startSelecting(target, caret);
  }

  // told to the text where the point is on a letter, else to what is around it
  #startSelecting(target: Element, caret: Caret): boolean {
    const { x, y } = this.#point(target.ownerDocument);
    const teller = target.contains(caret.node) && isOnGlyph(caret, x, y) ? caret.node : target;
    return this.#core.selectStart(teller);
  }

  #select(selection: Selection, { node, offset }: Caret, clicks: number): void {
    if (!node.isConnected) return;
    if (clicks < 2) {
      selection.collapse(node, offset);
    } else if (clicks === 2 && node.nodeType === Node.TEXT_NODE) {
      const [from, to] = wordAt(node.nodeValue ?? '', offset);
      selection.setBaseAndExtent(node, from, node, to);
    } else {
      selection.collapse(node, offset);
      selection.modify('move', 'backward', 'paragraphboundary');
      selection.modify('extend', 'forward', 'paragraphboundary');
      if (clicks > 2 && !isEditableHost(node.parentElement)) selection.modify('extend', 'forward', 'character');
    }
  }

  #dragText(drag: Dragging, target: Element, text: TextPlace | undefined): void {
    const selection = drag.document.getSelection();
    const caret = target.ownerDocument === drag.document ? this.#caretAt(drag.document, text) : null;
    if (!selection || !caret || selection.rangeCount === 0 || !caret.node.isConnected) return;
    if (isTextField(caret.node as Element)) return;
    selection.extend(caret.node, caret.offset);
  }
}

function shadowRootsOf(document: Document, x: number, y: number): ShadowRoot[] {
  const roots: ShadowRoot[] = [];
  let element = document.elementFromPoint(x, y);
  while (element?.shadowRoot && !roots.includes(element.shadowRoot)) {
    roots.push(element.shadowRoot);
    element = element.shadowRoot.elementFromPoint(x, y);
  }
  return roots;
}

function canSelect(target: Element): boolean {
  if (closestFlat(target, 'button, select, input, textarea, meter, progress')) return false;
  if (closestFlat(target, 'canvas, video, audio, object, embed, svg a')) return false;
  const { userSelect } = realmOf(target).getComputedStyle(target);
  return userSelect !== 'none' || isEditableHost(target);
}

function isOnGlyph({ node, offset }: Caret, x: number, y: number): boolean {
  if (node.nodeType !== Node.TEXT_NODE) return false;
  const range = (node.ownerDocument ?? document).createRange();
  range.setStart(node, Math.max(0, offset - 1));
  range.setEnd(node, Math.min(node.nodeValue?.length ?? 0, offset + 1));
  return [...range.getClientRects()].some(
    ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
  );
}

/** More than that in one go is set by script, which tells the page by a `select` event that a mouse would not cause. */
const MAX_CARET_STEPS = 300;

function setRange(field: HTMLInputElement | HTMLTextAreaElement, anchor: number, focus: number): void {
  if (anchor === focus && stepCaret(field, focus)) return;
  field.setSelectionRange(Math.min(anchor, focus), Math.max(anchor, focus), focus < anchor ? 'backward' : 'none');
}

function stepCaret(field: HTMLInputElement | HTMLTextAreaElement, offset: number): boolean {
  const selection = field.ownerDocument.getSelection();
  const at = () => field.selectionStart ?? 0;
  if (field.selectionStart !== field.selectionEnd) selection?.modify('move', 'backward', 'character');
  for (let steps = Math.abs(at() - offset); steps > 0; steps -= 1) {
    const before = at();
    if (before === offset) break;
    if (steps > MAX_CARET_STEPS) return false;
    selection?.modify('move', before < offset ? 'forward' : 'backward', 'character');
    if (at() === before) return false;
  }
  return at() === offset && field.selectionEnd === offset;
}

// fields that keep their selection to themselves (number, email) take the caret step by step
function placeCaretBySteps(field: HTMLInputElement | HTMLTextAreaElement, offset: number, clicks: number): void {
  const selection = field.ownerDocument.getSelection();
  if (!selection || field.ownerDocument.activeElement === null) return;
  if (clicks > 1) {
    field.select();
    return;
  }
  selection.modify('move', 'backward', 'documentboundary');
  for (let step = 0; step < offset; step += 1) selection.modify('move', 'forward', 'character');
}

function unitAt(
  field: HTMLInputElement | HTMLTextAreaElement,
  value: string,
  offset: number,
  clicks: number,
): [number, number] {
  if (clicks < 2) return [offset, offset];
  if (clicks === 2) return wordAt(value, offset);
  if (isTextInput(field)) return [0, value.length];
  const from = value.lastIndexOf('\n', offset - 1) + 1;
  const end = value.indexOf('\n', offset);
  return [from, isTextArea(field) && end >= 0 ? end + 1 : value.length];
}

/** The word at an offset; the next one on a boundary, the last one at the end. */
export function wordAt(text: string, offset: number): [number, number] {
  let last: [number, number] = [offset, offset];
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    last = [index, index + segment.length];
    if (offset < last[1]) return last;
  }
  return last;
}
