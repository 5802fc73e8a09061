import type { Player } from '../../mirror/types.js';
import { textPlaceAt } from './text-place.js';
import type { Point } from './types.js';

/** Parts of an element's size that offsets are counted in. */
const PARTS = 10_000;
const FARTHEST = 1e7;
/** Elements longer than this need more than whole parts to name a pixel. */
const LONG_PIXELS = 2500;

export type Place = [id: number, fx: number, fy: number];
export type TextPlace = [textId: number, textOffset: number] | [];

/** What a point of the picture means on the consumer's page. */
export interface Hit {
  /** Of the mirror. */
  readonly element: Element;
  readonly place: Place;
}

/** Finds what lies under a point of the picture, by mirror ids. */
export class Mapper {
  readonly #player: Player;

  constructor(player: Player) {
    this.#player = player;
  }

  /** Also outside of the picture, then as seen from the root of the page. Null while there is no page. */
  hit(point: Point): Hit | null {
    const root = this.#player.frame?.contentDocument?.documentElement ?? null;
    const element = this.#known(this.#player.elementAt(point.x, point.y) ?? root);
    if (!element) return null;
    const { left, top, width, height } = this.#player.rectOf(element);
    const place: Place = [this.#player.idOf(element), share(point.x - left, width), share(point.y - top, height)];
    return { element, place };
  }

  /** The character under the point, when there is one. Nothing in form fields: where their text is only they know. */
  text({ element }: Hit, point: Point): TextPlace {
    const found = textPlaceAt(element, this.#inside(element, point));
    const id = found ? this.#player.idOf(found.node) : -1;
    return found && id > 0 ? [id, found.offset] : [];
  }

  /** The closest element that the consumer's page knows too. */
  #known(element: Element | null): Element | null {
    for (let one = element; one; one = one.parentElement ?? hostOf(one)) if (this.#player.idOf(one) > 0) return one;
    return null;
  }

  /** The point as the element's own document counts. */
  #inside(element: Element, { x, y }: Point): Point {
    const outer = this.#player.rectOf(element);
    const inner = element.getBoundingClientRect();
    return {
      x: inner.left + (x - outer.left) * (inner.width / outer.width || 1),
      y: inner.top + (y - outer.top) * (inner.height / outer.height || 1),
    };
  }
}

function share(offset: number, size: number): number {
  if (size === 0) return PARTS / 2;
  const precision = size > LONG_PIXELS ? 100 : 1;
  const value = Math.round((offset / size) * PARTS * precision) / precision;
  return Math.max(-FARTHEST, Math.min(FARTHEST, value));
}

function hostOf(node: Node): Element | null {
  return (node.getRootNode() as Partial<ShadowRoot>).host ?? null;
}
