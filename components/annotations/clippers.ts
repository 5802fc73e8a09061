import { grow, intersect, type Box } from './geometry.js';
import type { InkSpace } from './ink-space.js';

/** Ink may stick out of a scroll container by this much before it is cut. CSS pixels. */
export const CLIP_MARGIN = 8;

type Escape = 'none' | 'absolute' | 'fixed' | 'all';

/** The element around this one in the flat tree of its document. */
function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return 'host' in root ? (root as ShadowRoot).host : null;
}

/** The frame that holds this element's document, when it is a part of the space too. */
export function frameOf(space: InkSpace, element: Element): Element | null {
  const frame = element.ownerDocument.defaultView?.frameElement ?? null;
  return frame && space.idOf(frame) !== -1 ? frame : null;
}

/** The next element outwards, through shadow trees and the frames of the space. */
export function outwards(space: InkSpace, element: Element): Element | null {
  return parentOf(element) ?? frameOf(space, element);
}

/** html and body are the page itself, not a thing on it. */
export function isPageRoot(element: Element): boolean {
  return element.localName === 'html' || element.localName === 'body';
}

const topLayer =
  typeof CSS !== 'undefined' && CSS.supports('selector(:popover-open)') ? ':modal, :popover-open' : ':modal';

function escapeOf(element: Element, style: CSSStyleDeclaration): Escape {
  if (style.position === 'fixed' || style.position === 'absolute') {
    return element.matches(topLayer) ? 'all' : style.position;
  }
  return 'none';
}

/** Whether boxes that leave their parents in this way are held by this element. */
function holds(style: CSSStyleDeclaration, escape: Escape): boolean {
  if (escape === 'none') return true;
  if (escape === 'all') return false;
  const holdsFixed =
    style.transform !== 'none' ||
    style.filter !== 'none' ||
    style.perspective !== 'none' ||
    /transform|filter|perspective/.test(style.willChange) ||
    /paint|layout|strict|content/.test(style.contain);
  return holdsFixed || (escape === 'absolute' && style.position !== 'static');
}

function clips(style: CSSStyleDeclaration): boolean {
  return style.overflowX !== 'visible' || style.overflowY !== 'visible' || /paint|strict|content/.test(style.contain);
}

/** The elements whose boxes cut this one off, innermost first: scroll containers, clipped boxes, frames of the space. */
export function clippersOf(space: InkSpace, element: Element): Element[] {
  const found: Element[] = [];
  let escape = escapeOf(element, getComputedStyle(element));
  for (let inner = element; ;) {
    const outer = parentOf(inner);
    if (outer) {
      const style = getComputedStyle(outer);
      if (holds(style, escape)) {
        if (!isPageRoot(outer) && clips(style)) found.push(outer);
        escape = escapeOf(outer, style);
      }
      inner = outer;
      continue;
    }
    const frame = frameOf(space, inner);
    if (!frame) return found;
    found.push(frame);
    escape = escapeOf(frame, getComputedStyle(frame));
    inner = frame;
  }
}

/** What those elements leave to be seen, or null when nothing clips. Empty when one of them is collapsed. */
export function clipOf(space: InkSpace, clippers: readonly Element[]): Box | null {
  let clip: Box | null = null;
  for (const element of clippers) {
    const rect = space.rectOf(element);
    const collapsed = rect.width < 1 || rect.height < 1;
    const box = grow(rect, collapsed ? 0 : CLIP_MARGIN);
    clip = clip ? intersect(clip, box) : { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
  }
  return clip;
}
