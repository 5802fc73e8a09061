import type { StrokeAnchor } from '../../protocol/index.js';
import type { InkSpace } from './ink-space.js';

export interface AnchorPosition {
  x: number;
  y: number;
  /** False when the place is scrolled out of one of the boxes that clip it. */
  visible: boolean;
}

/** The element under a point and where in its box the point is; null where nothing has a mirror id. */
export function anchorFor(space: InkSpace, x: number, y: number): StrokeAnchor | null {
  void [space, x, y];
  return null;
}

/** Where an anchor is now; null while its element is gone or not rendered. */
export function positionOf(space: InkSpace, anchor: StrokeAnchor): AnchorPosition | null {
  void [space, anchor];
  return null;
}

/** Anchors points (x, y, pressure in turn, viewport) to what lies under their middle; `points` are relative to it. */
export function anchorStroke(
  space: InkSpace,
  points: readonly number[],
): { anchor: StrokeAnchor; points: number[] } | null {
  void [space, points];
  return null;
}
