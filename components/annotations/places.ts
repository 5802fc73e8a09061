import type { StrokeAnchor } from '../../protocol/index.js';
import { clipOf, clippersOf, frameOf } from './clippers.js';
import { clamp, isEmpty, type Box } from './geometry.js';
import type { InkSpace } from './ink-space.js';

/** Where an element of the space is now. */
export interface Place {
  element: Element;
  rect: DOMRect;
  /** What may be seen of ink on it; null when nothing clips. */
  clip: Box | null;
}

export interface Point {
  x: number;
  y: number;
}

/** A share of the box may lie outside of it, but not anywhere: what a peer sends is bounded. */
const SHARE_LIMIT = 1000;

function elementOf(space: InkSpace, id: number): Element | null {
  const node = space.nodeOf(id);
  if (!node) return null;
  return node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement;
}

/** Whether something of the element can be seen: it has a box, and is neither hidden nor see-through. */
export function isRendered(element: Element, rect: DOMRect): boolean {
  if (!element.isConnected || rect.width === 0 || rect.height === 0) return false;
  return element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true;
}

/** The point of an anchor in its element's box. */
export function pointIn(rect: DOMRect, anchor: Point): Point {
  return {
    x: rect.left + clamp(anchor.x, -SHARE_LIMIT, SHARE_LIMIT) * rect.width,
    y: rect.top + clamp(anchor.y, -SHARE_LIMIT, SHARE_LIMIT) * rect.height,
  };
}

/**
 * Looks up places for one pass at a time: each element is measured once, however much ink is on it. Which elements clip
 * is kept until `forget`, because computed styles cost more than boxes.
 */
export class Places {
  readonly #space: InkSpace;
  /** The documents that this pass met, with the ones whose frames they are in: what moves there moves ink. */
  readonly documents = new Set<Document>();
  readonly #pass = new Map<number, Place | null>();
  #clippers = new WeakMap<Element, readonly Element[]>();

  constructor(space: InkSpace) {
    this.#space = space;
  }

  /** Starts a pass: boxes are measured anew. */
  begin(): void {
    this.#pass.clear();
    this.documents.clear();
  }

  /** Styles or structure may have changed: finds out anew what clips. */
  forget(): void {
    this.#clippers = new WeakMap();
  }

  /** Null while the node is unknown, removed, or not rendered. */
  of(id: number): Place | null {
    let place = this.#pass.get(id);
    if (place === undefined) this.#pass.set(id, (place = this.#measure(id)));
    return place;
  }

  #measure(id: number): Place | null {
    const element = elementOf(this.#space, id);
    if (!element?.isConnected) return null;
    this.#meet(element);
    const rect = this.#space.rectOf(element);
    if (!isRendered(element, rect)) return null;
    const clip = clipOf(this.#space, this.#clippersOf(element));
    return clip && isEmpty(clip) ? null : { element, rect, clip };
  }

  #meet(element: Element): void {
    for (let inner: Element | null = element; inner; inner = frameOf(this.#space, inner)) {
      if (this.documents.has(inner.ownerDocument)) return;
      this.documents.add(inner.ownerDocument);
    }
  }

  #clippersOf(element: Element): readonly Element[] {
    let clippers = this.#clippers.get(element);
    if (!clippers) this.#clippers.set(element, (clippers = clippersOf(this.#space, element)));
    return clippers;
  }

  /** Where an anchor is, with its element's place; null while that is gone. */
  pointOf(anchor: StrokeAnchor): (Point & { place: Place }) | null {
    const place = this.of(anchor.node);
    return place && { ...pointIn(place.rect, anchor), place };
  }
}
