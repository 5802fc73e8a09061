/** A rectangle in CSS pixels of the space's viewport. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The bounds of points (x, y, pressure in turn). */
export function boundsOf(points: readonly number[], margin = 0): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let i = 0; i + 1 < points.length; i += 3) {
    const x = points[i]!;
    const y = points[i + 1]!;
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return grow(box, margin);
}

export function grow(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

/** What two boxes share; its right may lie left of its left when that is nothing. */
export function intersect(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

export function isEmpty(box: Box): boolean {
  return !(box.right > box.left && box.bottom > box.top);
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom
  );
}

/** `value` between the two; anything that isn't a number becomes `low`. */
export function clamp(value: number, low: number, high: number): number {
  return value >= low ? Math.min(value, high) : low;
}

export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  // The sum turns -0 into 0, which JSON would anyway.
  return Math.round(value * factor) / factor + 0;
}
