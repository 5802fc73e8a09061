/**
 * Hit tests that don't stop at the edge of an open shadow tree or of a same-origin frame. For any document: the page's,
 * or a mirror's.
 */

/** Where the content of a frame starts in the document around it, and how a transform scales it. */
interface ContentBox {
  left: number;
  top: number;
  scaleX: number;
  scaleY: number;
}

/**
 * The deepest element at a point of the document's viewport, CSS pixels. Looks through elements for which `skip` holds,
 * with all they contain. Null outside the viewport and where nothing is left.
 */
export function deepElementAt(
  root: Document | ShadowRoot,
  x: number,
  y: number,
  skip: (element: Element) => boolean = () => false,
): Element | null {
  for (const element of root.elementsFromPoint(x, y)) {
    // A shadow root also answers with what lies around its host.
    if (element.getRootNode() !== root || skipped(element, skip)) continue;
    return insideOf(element, x, y, skip) ?? element;
  }
  return null;
}

function skipped(element: Element, skip: (element: Element) => boolean): boolean {
  for (let current: Element | null = element; current; current = current.parentElement) if (skip(current)) return true;
  return false;
}

function insideOf(element: Element, x: number, y: number, skip: (element: Element) => boolean): Element | null {
  if (element.shadowRoot) return deepElementAt(element.shadowRoot, x, y, skip);
  const inner = frameDocument(element);
  if (!inner) return null;
  const { left, top, scaleX, scaleY } = contentBox(element as HTMLElement);
  return deepElementAt(inner, (x - left) / scaleX, (y - top) / scaleY, skip);
}

/** The document inside of a frame element, or null when it is no frame or of another origin. */
export function frameDocument(element: Element): Document | null {
  if (element.localName !== 'iframe' && element.localName !== 'frame') return null;
  try {
    return (element as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}

/** The element's box in the viewport of `top` (default: the outermost document of the same origin), through frames. */
export function deepRect(element: Element, top?: Document): DOMRect {
  const rect = element.getBoundingClientRect();
  let { left, top: y, width, height } = rect;
  for (let inner = element.ownerDocument; inner !== top;) {
    const frame = frameOf(inner);
    if (!frame) break;
    const box = contentBox(frame);
    left = box.left + left * box.scaleX;
    y = box.top + y * box.scaleY;
    width *= box.scaleX;
    height *= box.scaleY;
    inner = frame.ownerDocument;
  }
  return new DOMRect(left, y, width, height);
}

/** A point of a document's viewport as seen from the viewport of `top`, through the frames between. CSS pixels. */
export function deepPoint(document: Document, x: number, y: number, top: Document): { x: number; y: number } {
  const point = { x, y };
  for (let inner = document; inner !== top;) {
    const frame = frameOf(inner);
    if (!frame) break;
    const box = contentBox(frame);
    point.x = box.left + point.x * box.scaleX;
    point.y = box.top + point.y * box.scaleY;
    inner = frame.ownerDocument;
  }
  return point;
}

/** The frame element that shows this document, or null at the top and across origins. */
export function frameOf(inner: Document): HTMLElement | null {
  try {
    return (inner.defaultView?.frameElement as HTMLElement | null | undefined) ?? null;
  } catch {
    return null;
  }
}

function contentBox(frame: HTMLElement): ContentBox {
  const rect = frame.getBoundingClientRect();
  const scaleX = rect.width / frame.offsetWidth || 1;
  const scaleY = rect.height / frame.offsetHeight || 1;
  const style = frame.ownerDocument.defaultView?.getComputedStyle(frame);
  const padding = (side: 'paddingLeft' | 'paddingTop') => (style && parseFloat(style[side])) || 0;
  return {
    left: rect.left + (frame.clientLeft + padding('paddingLeft')) * scaleX,
    top: rect.top + (frame.clientTop + padding('paddingTop')) * scaleY,
    scaleX,
    scaleY,
  };
}
