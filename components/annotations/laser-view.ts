import { isColor, rimOf, textOn } from './contrast.js';
import { trailPath, type TrailPoint } from './outline.js';
import { round } from './geometry.js';
import type { Point } from './places.js';
import { setAttributes, setShown, svgElement } from './svg.js';

export interface Person {
  name: string;
  color: string;
}

export interface Size {
  width: number;
  height: number;
}

const TRAIL_WIDTH = 9;
/** From the dot's middle to the name. CSS pixels. */
const NAME_GAP = 14;

/** One person's laser on the screen: the dot, its trail, and the name beside it. */
export class LaserView {
  readonly element = svgElement('g', { part: 'laser', display: 'none' });
  readonly name = document.createElement('div');
  readonly #trail = svgElement('path', {
    part: 'laser-trail',
    'stroke-width': 1.5,
    'stroke-opacity': 0.55,
    'paint-order': 'stroke',
    'stroke-linejoin': 'round',
  });
  readonly #glow = svgElement('circle', { 'fill-opacity': 0.22 });
  readonly #dot = svgElement('circle', { part: 'laser-dot', 'stroke-width': 2 });
  readonly #spot = svgElement('g', {}, this.#glow, this.#dot);
  #size = { width: 0, height: 0 };

  constructor() {
    this.#glow.style.setProperty('r', 'var(--cobrowse-laser-size, 14px)');
    this.#dot.style.setProperty('r', 'calc(var(--cobrowse-laser-size, 14px) / 2)');
    this.element.append(this.#trail, this.#spot);
    styleName(this.name);
  }

  /** Colours and name; cheap when nothing changed. */
  dress(color: string, person: Person | undefined): void {
    const rim = rimOf(color);
    setAttributes(this.#trail, { fill: color, stroke: rim });
    setAttributes(this.#glow, { fill: color });
    setAttributes(this.#dot, { fill: color, stroke: rim });
    const text = person?.name ?? '';
    const back = isColor(person?.color) ? person.color : color;
    if (this.name.textContent === text && this.name.dataset.color === back) return;
    this.name.textContent = text;
    this.name.dataset.color = back;
    this.name.style.backgroundColor = back;
    this.name.style.color = textOn(back);
    this.#size = { width: 0, height: 0 };
  }

  /** @returns whether anything changed. */
  drawTrail(points: readonly TrailPoint[]): boolean {
    return setAttributes(this.#trail, { d: trailPath(points, TRAIL_WIDTH) });
  }

  /**
   * Moves the dot, with its name on the side where there is room.
   * @param zoom how much larger the name is drawn, to be read in a mirror that is scaled down.
   * @returns whether anything changed.
   */
  placeDot(dot: Point | null, viewport: Size, zoom: number): boolean {
    const named = dot !== null && this.name.textContent !== '';
    this.name.style.display = named ? 'block' : 'none';
    let changed = setShown(this.#spot, dot !== null);
    if (dot) {
      const transform = `translate(${round(dot.x, 1)} ${round(dot.y, 1)})`;
      changed = setAttributes(this.#spot, { transform }) || changed;
      if (named) this.#placeName(dot, viewport, zoom);
    }
    return setShown(this.element, true) || changed;
  }

  #placeName(dot: Point, viewport: Size, zoom: number): void {
    if (this.#size.width === 0) this.#size = { width: this.name.offsetWidth, height: this.name.offsetHeight };
    const width = this.#size.width * zoom;
    const height = this.#size.height * zoom;
    const gap = NAME_GAP;
    const x = dot.x + gap + width > viewport.width ? dot.x - gap - width : dot.x + gap;
    const y = dot.y + gap + height > viewport.height ? dot.y - gap - height : dot.y + gap;
    const place = `translate(${round(Math.max(0, x), 1)}px, ${round(Math.max(0, y), 1)}px) scale(${round(zoom, 3)})`;
    if (this.name.style.transform !== place) this.name.style.transform = place;
  }

  remove(): void {
    this.element.remove();
    this.name.remove();
  }
}

/** By CSSOM: a page's `style-src` has no say in it. The name is shown as it is, whatever direction it is written in. */
function styleName(name: HTMLElement): void {
  name.setAttribute('part', 'laser-name');
  name.dir = 'auto';
  Object.assign(name.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    boxSizing: 'border-box',
    maxWidth: '180px',
    padding: '2px 8px',
    borderRadius: '999px',
    border: '1px solid rgb(255 255 255 / 0.85)',
    boxShadow: '0 1px 4px rgb(0 0 0 / 0.28)',
    font: '600 12px/1.4 var(--cobrowse-font-family, system-ui, sans-serif)',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    unicodeBidi: 'isolate',
    transformOrigin: '0 0',
    pointerEvents: 'none',
    willChange: 'transform',
  } satisfies Partial<CSSStyleDeclaration>);
}
