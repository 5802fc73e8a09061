const GAP = 4;
const EDGE = 8;
/** Less room than this and the other side is looked at. CSS pixels. */
const LEAST_HEIGHT = 120;

/**
 * Puts an open popover under a field, or over it where there is more room, never over the window's edge. It is as wide as
 * the field at least.
 * @param field in the window, CSS pixels
 */
export function placeAt(field: DOMRect, popover: HTMLElement): void {
  const { style } = popover;
  const { clientWidth } = document.documentElement;
  const height = document.documentElement.clientHeight || innerHeight;
  style.minWidth = `${Math.min(field.width, clientWidth - 2 * EDGE)}px`;
  style.maxHeight = '';
  const wanted = popover.offsetHeight;
  const below = height - field.bottom - GAP - EDGE;
  const above = field.top - GAP - EDGE;
  const isBelow = wanted <= below || below >= Math.max(above, LEAST_HEIGHT);
  style.maxHeight = `${Math.max(LEAST_HEIGHT, isBelow ? below : above)}px`;
  const top = isBelow ? field.bottom + GAP : field.top - GAP - popover.offsetHeight;
  const isRightToLeft = getComputedStyle(popover).direction === 'rtl';
  const left = isRightToLeft ? field.right - popover.offsetWidth : field.left;
  style.left = `${clamp(left, clientWidth - popover.offsetWidth - EDGE)}px`;
  style.top = `${clamp(top, height - popover.offsetHeight - EDGE)}px`;
}

function clamp(value: number, most: number): number {
  return Math.max(EDGE, Math.min(value, most));
}
