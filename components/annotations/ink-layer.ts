import { LIMITS, readInkMessage, type InkMessage, type Stroke, type StrokeAnchor } from '../../protocol/index.js';
import type { Annotation } from '../session/types.js';
import { FrameLoop, type Activity } from './frame-loop.js';
import type { InkSpace } from './ink-space.js';
import { LaserLayer } from './laser-layer.js';
import type { Person } from './laser-view.js';
import { LayoutWatch } from './layout-watch.js';
import { inkKey, MovingInk, type Draft } from './moving-ink.js';
import { Places } from './places.js';
import { StrokeView } from './stroke-view.js';
import { svgElement } from './svg.js';

export interface InkLayerOptions {
  /** Lies over the page or its mirror, its top left corner at the viewport's; ink is drawn in its CSS pixels. */
  container: HTMLElement | ShadowRoot;
  space: InkSpace;
  /** Who an author is; undefined draws a laser without a name. */
  personOf(author: string): Person | undefined;
  /** `page.id` of what is shown now; ink of other pages is not drawn. */
  pageId(): string | null;
  /** Lasers drawn at a time, the quietest give way. Default 8. */
  maxLasers?: number;
}

/** Draws strokes, drafts and lasers, and keeps them on the elements they belong to. */
export interface InkLayer {
  /** All finished strokes, oldest first; replaces the last list. */
  setAnnotations(list: readonly Annotation[]): void;
  /** A laser or draft message, of another person or of oneself. It is checked here; what isn't a message is ignored. */
  receive(author: string, message: InkMessage): void;
  /** The layout changed: places everything again in the next frame. */
  refresh(): void;
  /** A person left: their laser and drafts go, finished strokes stay. */
  removeAuthor(author: string): void;
  /** Drops all lasers and drafts. */
  clearMoving(): void;
  destroy(): void;
}

/** Puts an empty layer into the container. Nothing runs until there is ink. */
export function createInkLayer(options: InkLayerOptions): InkLayer {
  return new Layer(options);
}

/** A stroke on the screen with what it was drawn from. */
interface Drawn {
  view: StrokeView;
  stroke: Pick<Stroke, 'page' | 'anchor' | 'points' | 'color' | 'width'>;
  /** Of a draft: the version that is drawn. */
  version: number;
}

class Layer implements InkLayer {
  readonly #options: InkLayerOptions;
  readonly #moving: MovingInk;
  readonly #places: Places;
  readonly #loop: FrameLoop;
  readonly #watch: LayoutWatch;
  readonly #strokes = new Map<string, Drawn>();
  readonly #drafts = new Map<string, Drawn>();
  readonly #root = document.createElement('div');
  readonly #svg = svgElement('svg', { width: '100%', height: '100%', focusable: 'false' });
  readonly #lasers: LaserLayer;

  constructor(options: InkLayerOptions) {
    this.#options = options;
    this.#moving = new MovingInk(options.maxLasers ?? 8);
    this.#places = new Places(options.space);
    this.#lasers = new LaserLayer(this.#root, this.#svg, options);
    this.#loop = new FrameLoop(this.#draw);
    this.#watch = new LayoutWatch(this.#loop.wake, this.#onLayout);
    styleRoot(this.#root, this.#svg);
    this.#root.prepend(this.#svg);
    options.container.append(this.#root);
  }

  setAnnotations(list: readonly Annotation[]): void {
    const kept = new Set<string>();
    for (const { author, stroke } of list.slice(-LIMITS.strokesPerSession)) {
      const key = inkKey(author, stroke.id);
      kept.add(key);
      const drawn = this.#strokes.get(key);
      if (drawn && isSame(drawn.stroke, stroke)) continue;
      drawn?.view.element.remove();
      this.#strokes.set(key, this.#drawn(stroke, 0));
    }
    removeOthers(this.#strokes, kept);
    this.#moving.finish(kept);
    this.#loop.wake();
  }

  receive(author: string, message: InkMessage): void {
    const checked = readInkMessage(message);
    if (!checked) return;
    this.#moving.receive(author, checked, performance.now());
    this.#loop.wake();
  }

  refresh(): void {
    this.#onLayout();
  }

  removeAuthor(author: string): void {
    this.#moving.removeAuthor(author);
    this.#loop.wake();
  }

  clearMoving(): void {
    this.#moving.clear();
    this.#loop.wake();
  }

  destroy(): void {
    this.#loop.destroy();
    this.#watch.stop();
    this.#root.remove();
  }

  readonly #onLayout = (): void => {
    this.#places.forget();
    this.#loop.wake();
  };

  /** One pass: drop what is over, measure all, then place all. An error in it must not reach the page. */
  readonly #draw = (now: number): Activity => {
    try {
      this.#moving.expire(now);
      this.#updateDrafts();
      return this.#placeAll(now);
    } catch {
      return 'hidden';
    }
  };

  #placeAll(now: number): Activity {
    this.#places.begin();
    const page = this.#options.pageId();
    const strokes = [...this.#strokes.values(), ...this.#drafts.values()];
    const points = strokes.map(({ stroke }) => (stroke.page === page ? this.#places.pointOf(stroke.anchor) : null));
    const drawLasers = this.#lasers.measure(this.#moving.lasers, this.#places, now);
    this.#watch.watch(this.#places.documents);
    const moved = strokes.map(({ view }, i) => {
      const point = points[i];
      return point ? view.place(point, point.place.clip) : view.hide();
    });
    const lasers = drawLasers();
    if (strokes.length === 0 && lasers === 'none') return 'none';
    if (lasers === 'moving' || moved.includes(true)) return 'moving';
    return lasers === 'resting' || points.some(Boolean) ? 'resting' : 'hidden';
  }

  #updateDrafts(): void {
    for (const draft of this.#moving.drafts.values()) {
      const drawn = this.#drafts.get(draft.key);
      if (!drawn) this.#drafts.set(draft.key, this.#drawn(draft, draft.version));
      else if (drawn.version !== draft.version) redraw(drawn, draft);
    }
    removeOthers(this.#drafts, new Set(this.#moving.drafts.keys()));
  }

  #drawn(stroke: Drawn['stroke'], version: number): Drawn {
    const view = new StrokeView(stroke.color);
    view.draw(stroke.points, stroke.width);
    this.#lasers.below(view.element);
    return { view, stroke, version };
  }
}

function redraw(drawn: Drawn, draft: Draft): void {
  drawn.view.draw(draft.points, draft.width);
  drawn.version = draft.version;
}

function removeOthers(drawn: Map<string, Drawn>, kept: ReadonlySet<string>): void {
  for (const [key, { view }] of drawn) {
    if (kept.has(key)) continue;
    view.element.remove();
    drawn.delete(key);
  }
}

function isSame(a: Drawn['stroke'], b: Drawn['stroke']): boolean {
  if (a === b) return true;
  const place = ({ node, x, y }: StrokeAnchor) => `${node} ${x} ${y}`;
  return (
    a.page === b.page &&
    a.color === b.color &&
    a.width === b.width &&
    place(a.anchor) === place(b.anchor) &&
    a.points.length === b.points.length &&
    a.points.every((value, i) => value === b.points[i])
  );
}

/** Fills the container, and is not there for the pointer and for assistive technology. */
function styleRoot(root: HTMLElement, svg: SVGSVGElement): void {
  root.setAttribute('aria-hidden', 'true');
  const all = { pointerEvents: 'none', forcedColorAdjust: 'none' };
  Object.assign(root.style, { ...all, position: 'absolute', inset: '0', overflow: 'clip', userSelect: 'none' });
  Object.assign(svg.style, { ...all, position: 'absolute', inset: '0', display: 'block' });
}
