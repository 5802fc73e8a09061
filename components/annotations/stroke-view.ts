import { rimOf } from './contrast.js';
import { boundsOf, intersect, isEmpty, type Box } from './geometry.js';
import { boundedPoints, inkPath } from './outline.js';
import type { Point } from './places.js';
import { round } from './geometry.js';
import { setAttributes, setShown, svgElement } from './svg.js';

const UNCLIPPED = { x: 0, y: 0, width: '100%', height: '100%', overflow: 'visible' };

/**
 * One stroke on the screen. The outer `svg` is its clip (a nested one cuts off at its edges, which needs no ids), the
 * group inside carries it to its place.
 */
export class StrokeView {
  readonly element: SVGSVGElement;
  readonly #group = svgElement('g');
  readonly #edge = svgElement('path', { 'stroke-width': 3.5, 'stroke-linejoin': 'round', 'fill-opacity': 0 });
  readonly #ink = svgElement('path', {
    part: 'ink',
    'stroke-width': 2,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  });
  /** Bounds of the points, from the anchor's point. */
  #bounds: Box = boundsOf([]);

  constructor(color: string) {
    const rim = rimOf(color);
    setAttributes(this.#ink, { fill: color, stroke: rim, 'stroke-opacity': 0.9 });
    // A breath of shade around the rim, so that it shows on its own colour too.
    setAttributes(this.#edge, { stroke: rim === '#ffffff' ? '#000000' : '#ffffff', 'stroke-opacity': 0.14 });
    this.#group.append(this.#edge, this.#ink);
    this.element = svgElement('svg', { ...UNCLIPPED, display: 'none' }, this.#group);
  }

  /** Draws the line anew. */
  draw(points: readonly number[], width: number): void {
    const bounded = boundedPoints(points);
    const d = inkPath(bounded, width);
    setAttributes(this.#edge, { d });
    setAttributes(this.#ink, { d });
    this.#bounds = boundsOf(bounded, width + 2);
  }

  /** Puts it where its anchor is. @returns whether it moved. */
  place({ x, y }: Point, clip: Box | null): boolean {
    const { left, top, right, bottom } = this.#bounds;
    const box = { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
    if (clip && isEmpty(intersect(clip, box))) return this.hide();
    const cut = clip && clipAttributes(clip);
    const moved = setAttributes(this.element, cut ?? UNCLIPPED);
    const transform = `translate(${round(x - (cut?.x ?? 0), 2)} ${round(y - (cut?.y ?? 0), 2)})`;
    return [moved, setAttributes(this.#group, { transform }), setShown(this.element, true)].includes(true);
  }

  /** @returns whether it was shown before. */
  hide(): boolean {
    return setShown(this.element, false);
  }
}

function clipAttributes(clip: Box) {
  const x = round(clip.left, 2);
  const y = round(clip.top, 2);
  const width = round(clip.right - clip.left, 2);
  return { x, y, width, height: round(clip.bottom - clip.top, 2), overflow: 'hidden' };
}
