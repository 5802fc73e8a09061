import { deepPoint, frameOf } from '../../mirror/deep-hit-test.js';
import type { TextPlace } from '../engine/types.js';
import { outwards } from './policy.js';

/** Parts of an element's size that offsets on the wire are counted in. */
const PARTS = 10_000;

export interface Point {
  x: number;
  y: number;
}

/** By mirror id; null when there is none. */
export type NodeOf = (id: number) => Node | null;

/** The element, when it is on the page that is shown. */
export function elementOf(nodeOf: NodeOf, id: number): Element | null {
  const node = nodeOf(id);
  return node?.nodeType === Node.ELEMENT_NODE && isShown(node) ? (node as Element) : null;
}

/** The place in text; past its end is the end. Undefined when the text has gone. */
export function textPlaceOf(nodeOf: NodeOf, id: number | undefined, offset = 0): TextPlace | undefined {
  const node = id === undefined ? null : nodeOf(id);
  if (node?.nodeType !== Node.TEXT_NODE || !isShown(node)) return undefined;
  return { node, offset: Math.min(offset, (node as Text).length) };
}

/** In this document, or in a frame of it that is still there. */
function isShown(node: Node): boolean {
  for (let one: Node | null = node; one; one = one.ownerDocument && frameOf(one.ownerDocument)) {
    if (!one.isConnected) return false;
    if (one.ownerDocument === document) return true;
  }
  return false;
}

/**
 * The point of the top viewport that an offset in the element's border box means. A point inside of the box that misses
 * the lines of a broken inline element is moved to the nearest line.
 */
export function pointOf(element: Element, fx: number, fy: number): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  const point = { x: left + (width * fx) / PARTS, y: top + (height * fy) / PARTS };
  const isInside = fx >= 0 && fy >= 0 && fx <= PARTS && fy <= PARTS;
  const { x, y } = isInside ? nearest(element.getClientRects(), point) : point;
  return deepPoint(element.ownerDocument, x, y, document);
}

function nearest(rects: Iterable<DOMRect>, point: Point): Point {
  let [best, shortest] = [point, Infinity];
  for (const { left, top, width, height } of rects) {
    if (width === 0 || height === 0) continue;
    const inside = { x: within(point.x, left, width), y: within(point.y, top, height) };
    const distance = Math.hypot(inside.x - point.x, inside.y - point.y);
    if (distance >= shortest) continue;
    [best, shortest] = [inside, distance];
  }
  return best;
}

/** The edge itself may belong to the neighbour. */
function within(value: number, start: number, length: number): number {
  const inset = Math.min(0.5, length / 2);
  return Math.max(start + inset, Math.min(start + length - inset, value));
}

/** Whether the point lies outside of what is scrolled into view of the element. */
export function isOutOfView(element: Element, { x, y }: Point): boolean {
  if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return true;
  for (let around = outwards(element); around; around = outwards(around)) {
    const style = around.ownerDocument.defaultView?.getComputedStyle(around);
    const clips =
      around.localName === 'iframe' || (style && (style.overflowX !== 'visible' || style.overflowY !== 'visible'));
    if (clips && !isIn(around, x, y)) return true;
  }
  return false;
}

function isIn(element: Element, x: number, y: number): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const from = deepPoint(element.ownerDocument, left, top, document);
  const to = deepPoint(element.ownerDocument, right, bottom, document);
  return x >= from.x && y >= from.y && x <= to.x && y <= to.y;
}
