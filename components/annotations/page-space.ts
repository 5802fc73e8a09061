import type { InkSpace } from './ink-space.js';

export interface PageSpaceOptions {
  /** By mirror id; null when there is none. */
  nodeOf(id: number): Node | null;
  /** -1 when the node has no mirror id. */
  idOf(node: Node): number;
  /** Elements that ink is never anchored to and that are looked through: our own. Default: none. */
  skip?(element: Element): boolean;
  /** Default: the document that this module runs in. A mirror's document is given here. */
  document?: () => Document | null;
}

/** An ink space over a document: this page's, or a mirror's whose frame is reached by script. */
export function createPageSpace(options: PageSpaceOptions): InkSpace {
  const { nodeOf, idOf, skip = () => false } = options;
  const documentOf = options.document ?? (() => document);
  return {
    nodeOf,
    idOf,
    elementAt: (x, y) => {
      const top = documentOf();
      return top && elementAt(top, x, y, skip);
    },
    rectOf: (element) => rectIn(element, documentOf()),
    viewport: () => {
      const view = documentOf()?.defaultView;
      return { width: view?.innerWidth ?? 0, height: view?.innerHeight ?? 0 };
    },
  };
}

/** The deepest element, in open shadow trees and same-origin frames. */
function elementAt(
  root: Document | ShadowRoot,
  x: number,
  y: number,
  skip: (element: Element) => boolean,
): Element | null {
  for (const element of root.elementsFromPoint(x, y)) {
    if (skip(element)) continue;
    const { shadowRoot } = element;
    // A host without a box of its own content answers with itself again.
    if (shadowRoot && shadowRoot !== root) return elementAt(shadowRoot, x, y, skip) ?? element;
    const inner = frameDocument(element);
    if (!inner) return element;
    const { left, top, scaleX, scaleY } = contentBox(element as HTMLElement);
    return elementAt(inner, (x - left) / scaleX, (y - top) / scaleY, skip) ?? element;
  }
  return null;
}

function frameDocument(element: Element): Document | null {
  if (element.localName !== 'iframe') return null;
  try {
    return (element as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}

/** Where the content of a frame starts, and how a transform scales it. */
function contentBox(frame: HTMLElement) {
  const rect = frame.getBoundingClientRect();
  const scaleX = rect.width / frame.offsetWidth || 1;
  const scaleY = rect.height / frame.offsetHeight || 1;
  const style = getComputedStyle(frame);
  const left = rect.left + (frame.clientLeft + parseFloat(style.paddingLeft)) * scaleX;
  const top = rect.top + (frame.clientTop + parseFloat(style.paddingTop)) * scaleY;
  return { left, top, scaleX, scaleY };
}

/** The element's box in the viewport of `top`, through the frames between. */
function rectIn(element: Element, top: Document | null): DOMRect {
  let { left, top: y, width, height } = element.getBoundingClientRect();
  for (let document = element.ownerDocument; document !== top;) {
    const frame = document.defaultView?.frameElement as HTMLElement | null | undefined;
    if (!frame) break;
    const box = contentBox(frame);
    left = box.left + left * box.scaleX;
    y = box.top + y * box.scaleY;
    width *= box.scaleX;
    height *= box.scaleY;
    document = frame.ownerDocument;
  }
  return new DOMRect(left, y, width, height);
}
