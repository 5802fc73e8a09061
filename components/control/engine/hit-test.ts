import { frameElement, innerDocument, realmOf, shadowOf } from './dom.js';

export interface Hit {
  element: Element;
  /** The point in the viewport of the element's document. */
  x: number;
  y: number;
}

/** What lies at a point of the top viewport, through shadow roots and frames, as if our own elements weren't there. */
export function hitTest(top: Document, x: number, y: number, isOwn: (element: Element) => boolean): Hit {
  let document = top;
  let root: Document | ShadowRoot = top;
  let point = { x, y };
  let found: Element | null = null;
  for (;;) {
    const element = topmost(root, point.x, point.y, isOwn);
    if (!element || element === found) break;
    found = element;
    const shadow = shadowOf(element);
    if (shadow) {
      root = shadow;
      continue;
    }
    const inner = innerDocument(element);
    if (!inner?.documentElement) break;
    point = intoFrame(element, point.x, point.y);
    found = inner.documentElement;
    document = inner;
    root = inner;
    const inside = topmost(inner, point.x, point.y, isOwn);
    if (!inside || inside === found) break;
    found = null;
  }
  return { element: found ?? document.documentElement, ...point };
}

function topmost(
  root: Document | ShadowRoot,
  x: number,
  y: number,
  isOwn: (element: Element) => boolean,
): Element | null {
  const first = root.elementFromPoint(x, y);
  if (!first) return null;
  if (!isOwn(first)) return belongsTo(root, first) ? first : null;
  return root.elementsFromPoint(x, y).find((element) => !isOwn(element) && belongsTo(root, element)) ?? null;
}

// a shadow root also answers with what lies around its host
function belongsTo(root: Document | ShadowRoot, element: Element): boolean {
  return root.nodeType === Node.DOCUMENT_NODE || root.contains(element);
}

/** A point of the viewport around a frame, as a point of the viewport inside. */
export function intoFrame(frame: Element, x: number, y: number): { x: number; y: number } {
  const { left, top, scaleX, scaleY } = contentOrigin(frame);
  return { x: (x - left) / scaleX, y: (y - top) / scaleY };
}

/** A point of the top viewport as a point of a document's viewport. */
export function pointIn(document: Document, top: Document, x: number, y: number): { x: number; y: number } {
  if (document === top) return { x, y };
  const frame = frameElement(document);
  if (!frame) return { x, y };
  const around = pointIn(frame.ownerDocument, top, x, y);
  return intoFrame(frame, around.x, around.y);
}

function contentOrigin(frame: Element): { left: number; top: number; scaleX: number; scaleY: number } {
  const rect = frame.getBoundingClientRect();
  const { offsetWidth, offsetHeight, clientLeft, clientTop } = frame as HTMLElement;
  const scaleX = rect.width / offsetWidth || 1;
  const scaleY = rect.height / offsetHeight || 1;
  const style = realmOf(frame).getComputedStyle(frame);
  return {
    left: rect.left + (clientLeft + (parseFloat(style.paddingLeft) || 0)) * scaleX,
    top: rect.top + (clientTop + (parseFloat(style.paddingTop) || 0)) * scaleY,
    scaleX,
    scaleY,
  };
}
