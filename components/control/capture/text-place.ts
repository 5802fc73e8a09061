import type { Point } from './types.js';

interface TextPoint {
  readonly node: Text;
  readonly offset: number;
}

/** The older and the newer way to find a caret; not every browser has both. */
interface CaretFinder {
  caretPositionFromPoint?(x: number, y: number, options?: { shadowRoots: ShadowRoot[] }): CaretPosition | null;
  caretRangeFromPoint?(x: number, y: number): Range | null;
}

/** How far beside a line a point still counts as in it, CSS pixels. */
const SLACK = 1;

/** The character under a point of the element's document, when the point is in text of the element. */
export function textPlaceAt(element: Element, point: Point): TextPoint | null {
  const caret = caretAt(element, point);
  if (caret?.node.nodeType !== Node.TEXT_NODE || !element.contains(caret.node)) return null;
  const found = { node: caret.node as Text, offset: caret.offset };
  return isOver(found.node, point) ? found : null;
}

function caretAt(element: Element, { x, y }: Point): { node: Node; offset: number } | null {
  const finder = element.ownerDocument as CaretFinder;
  const caret = finder.caretPositionFromPoint?.(x, y, { shadowRoots: rootsAround(element) });
  if (caret) return { node: caret.offsetNode, offset: caret.offset };
  const range = finder.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

function rootsAround(element: Element): ShadowRoot[] {
  const roots: ShadowRoot[] = [];
  for (let root = element.getRootNode(); isShadowRoot(root); root = root.host.getRootNode()) roots.push(root);
  return roots;
}

// of another document, where `instanceof` doesn't hold
function isShadowRoot(root: Node): root is ShadowRoot {
  return root.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in root;
}

// a caret is found for every point: the nearest one, however far
function isOver(text: Text, { x, y }: Point): boolean {
  const range = text.ownerDocument.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()].some(
    ({ left, right, top, bottom }) =>
      x >= left - SLACK && x <= right + SLACK && y >= top - SLACK && y <= bottom + SLACK,
  );
}
