import type { Activity } from './frame-loop.js';
import { clamp } from './geometry.js';
import type { InkSpace } from './ink-space.js';
import { LaserView, type Person, type Size } from './laser-view.js';
import { TRAIL_MILLISECONDS, type Laser } from './moving-ink.js';
import type { TrailPoint } from './outline.js';
import type { Places, Point } from './places.js';
import { svgElement } from './svg.js';

interface LaserOptions {
  space: InkSpace;
  personOf(author: string): Person | undefined;
}

/** Names are drawn up to this much larger in a mirror that is scaled down. */
const NAME_ZOOM = 2.5;

/** All lasers of a layer. They lie above the strokes. */
export class LaserLayer {
  readonly #root: HTMLElement;
  readonly #group = svgElement('g');
  readonly #options: LaserOptions;
  readonly #views = new Map<string, LaserView>();
  readonly #stillness = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(root: HTMLElement, svg: SVGSVGElement, options: LaserOptions) {
    this.#root = root;
    this.#options = options;
    svg.append(this.#group);
  }

  /** Adds an element of the same drawing beneath all lasers. */
  below(element: Element): void {
    this.#group.before(element);
  }

  /** Measures where the lasers are now. @returns the drawing of it: nothing is measured after the first is drawn. */
  measure(lasers: ReadonlyMap<string, Laser>, places: Places, now: number): () => Activity {
    const viewport = this.#options.space.viewport();
    const zoom = lasers.size > 0 ? this.#nameZoom() : 1;
    const draws = [...lasers.values()].map((laser) => {
      const dot = laser.dot && places.pointOf(laser.dot);
      const trail = this.#stillness.matches ? [] : trailOf(laser, places, now);
      return () => this.#drawOne(laser, dot, trail, viewport, zoom);
    });
    return () => {
      this.#removeOthers(lasers);
      const outcomes = draws.map((draw) => draw());
      return (['moving', 'resting', 'hidden'] as const).find((activity) => outcomes.includes(activity)) ?? 'none';
    };
  }

  #drawOne(laser: Laser, dot: Point | null, trail: TrailPoint[], viewport: Size, zoom: number): Activity {
    const view = this.#viewOf(laser.author);
    view.dress(laser.color, this.#options.personOf(laser.author));
    const faded = view.drawTrail(trail);
    const moved = view.placeDot(dot, viewport, zoom);
    if (faded || moved || laser.trail.length > 0) return 'moving';
    return dot ? 'resting' : 'hidden';
  }

  #viewOf(author: string): LaserView {
    let view = this.#views.get(author);
    if (!view) {
      this.#views.set(author, (view = new LaserView()));
      this.#group.append(view.element);
      this.#root.append(view.name);
    }
    return view;
  }

  #removeOthers(lasers: ReadonlyMap<string, Laser>): void {
    for (const [author, view] of this.#views) {
      if (lasers.has(author)) continue;
      view.remove();
      this.#views.delete(author);
    }
  }

  /** A scaled-down mirror scales what is drawn on it; names must stay readable. */
  #nameZoom(): number {
    const drawn = this.#root.getBoundingClientRect().width;
    return drawn > 0 ? clamp(this.#root.offsetWidth / drawn, 1, NAME_ZOOM) : 1;
  }
}

function trailOf({ trail }: Laser, places: Places, now: number): TrailPoint[] {
  return trail.flatMap(({ place, at }) => {
    const point = places.pointOf(place);
    return point ? [{ x: point.x, y: point.y, life: 1 - (now - at) / TRAIL_MILLISECONDS }] : [];
  });
}
