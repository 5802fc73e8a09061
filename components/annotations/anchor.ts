import type { StrokeAnchor } from '../../protocol/index.js';
import { CLIP_MARGIN, clippersOf, isPageRoot, outwards } from './clippers.js';
import { boundsOf, clamp, contains, grow, intersect, isEmpty, round, type Box } from './geometry.js';
import type { InkSpace } from './ink-space.js';
import { isRendered, Places, pointIn, type Point } from './places.js';

export interface AnchorPosition {
  x: number;
  y: number;
  /** False when the place is scrolled out of one of the boxes that clip it. */
  visible: boolean;
}

/** How far around a stroke on bare page we look for something to hold it. CSS pixels. */
const NEAR = 24;
const SAMPLES = 12;

/** The element under a point, the viewport's edge standing in for what lies beyond. */
function hit(space: InkSpace, { x, y }: Point): Element | null {
  const { width, height } = space.viewport();
  return space.elementAt(clamp(x, 0, Math.max(0, width - 1)), clamp(y, 0, Math.max(0, height - 1)));
}

/** This element or the nearest around it that has an id and a box that can be seen. */
function anchorable(space: InkSpace, element: Element | null): Element | null {
  for (let candidate = element; candidate; candidate = outwards(space, candidate)) {
    if (space.idOf(candidate) !== -1 && isRendered(candidate, space.rectOf(candidate))) return candidate;
  }
  return null;
}

/** Places on and around a stroke, nearest to its middle first. */
function samplesOf(points: readonly number[], box: Box, middle: Point): Point[] {
  const samples: Point[] = [];
  const step = Math.max(1, Math.floor(points.length / 3 / SAMPLES)) * 3;
  for (let i = 0; i + 1 < points.length; i += step) samples.push({ x: points[i]!, y: points[i + 1]! });
  const distance = ({ x, y }: Point) => Math.hypot(x - middle.x, y - middle.y);
  samples.sort((a, b) => distance(a) - distance(b));
  const { left, top, right, bottom } = grow(box, NEAR);
  const around = [left, middle.x, right].flatMap((x) => [top, middle.y, bottom].map((y) => ({ x, y })));
  return [...samples, ...around];
}

/** What a stroke belongs to: the element under its middle; a thing near it rather than the bare page. */
function elementUnder(space: InkSpace, points: readonly number[], box: Box): Element | null {
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const direct = anchorable(space, hit(space, middle));
  if (direct && !isPageRoot(direct)) return direct;
  for (const sample of samplesOf(points, box, middle)) {
    const element = anchorable(space, hit(space, sample));
    if (element && !isPageRoot(element)) return element;
  }
  return direct;
}

/**
 * A ring around a scroll container has something inside of the container under its middle, and would be clipped by it.
 * It belongs to the first container outwards that it doesn't stick out of.
 */
function unclipped(space: InkSpace, element: Element, box: Box): Element {
  const { width, height } = space.viewport();
  const seen = intersect(box, { left: 0, top: 0, right: width, bottom: height });
  if (isEmpty(seen)) return element;
  let found = element;
  for (const clipper of clippersOf(space, element)) {
    if (contains(grow(space.rectOf(clipper), CLIP_MARGIN), seen)) continue;
    found = anchorable(space, clipper) ?? found;
  }
  return found;
}

function shareOf(start: number, size: number, at: number): number {
  return round((at - start) / size, 5);
}

function anchorIn(space: InkSpace, element: Element, { x, y }: Point): StrokeAnchor {
  const rect = space.rectOf(element);
  return { node: space.idOf(element), x: shareOf(rect.left, rect.width, x), y: shareOf(rect.top, rect.height, y) };
}

/** The element under a point and where in its box the point is; null where nothing has a mirror id. */
export function anchorFor(space: InkSpace, x: number, y: number): StrokeAnchor | null {
  return anchorsFor(space, [{ x, y }])?.[0] ?? null;
}

/** Anchors for several places close to each other, all in the box of what lies under the last. */
export function anchorsFor(space: InkSpace, points: readonly Point[]): StrokeAnchor[] | null {
  const last = points.at(-1);
  const element = last && anchorable(space, hit(space, last));
  return element ? points.map((point) => anchorIn(space, element, point)) : null;
}

/** Where an anchor is now; null while its element is gone or not rendered. */
export function positionOf(space: InkSpace, anchor: StrokeAnchor): AnchorPosition | null {
  const point = new Places(space).pointOf(anchor);
  if (!point) return null;
  const { x, y, place } = point;
  const visible = !place.clip || contains(place.clip, { left: x, top: y, right: x, bottom: y });
  return { x, y, visible };
}

/** Anchors points (x, y, pressure in turn, viewport) to what lies under their middle; `points` are relative to it. */
export function anchorStroke(
  space: InkSpace,
  points: readonly number[],
): { anchor: StrokeAnchor; points: number[] } | null {
  if (points.length < 3) return null;
  const box = boundsOf(points);
  const under = elementUnder(space, points, box);
  if (!under) return null;
  const element = unclipped(space, under, box);
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const anchor = anchorIn(space, element, middle);
  anchor.x = stableShare(element, anchor.x);
  return { anchor, points: shifted(points, pointIn(space.rectOf(element), anchor)) };
}

/**
 * Where across the box the origin is best. A line of text stays at the side it is aligned to when its box gets wider or
 * narrower, so ink on text is held there; on anything else the middle of the stroke keeps its share.
 */
function stableShare(element: Element, share: number): number {
  const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
  if (!hasText) return share;
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  const text = range.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const x = box.left + share * box.width;
  if (x < text.left || x > text.right) return share;
  const { textAlign, direction } = getComputedStyle(element);
  if (textAlign.endsWith('center')) return 0.5;
  const atRight = textAlign.endsWith('right') || textAlign === (direction === 'rtl' ? 'start' : 'end');
  return atRight ? 1 : 0;
}

/** The points as seen from an origin, to a tenth of a pixel. */
function shifted(points: readonly number[], origin: Point): number[] {
  return points.map((value, i) => {
    if (i % 3 === 2) return value;
    return round(value - (i % 3 === 0 ? origin.x : origin.y), 1);
  });
}
