import { findHidden } from '../mirror/hidden-elements.js';
import type { CompiledPolicy } from '../mirror/privacy.js';

/** What is hidden is looked for again this often; where it is, with each frame. */
const LOOK_MILLISECONDS = 500;
/** More are not drawn: a page that hides so many has marked what is around them. */
const MOST_AREAS = 400;
/** The words need some room. */
const LABEL_WIDTH = 150;
const LABEL_HEIGHT = 18;

interface Area {
  readonly element: Element;
  /** What cuts it off: it scrolls inside of them. */
  readonly clips: readonly Element[];
  /** What is shown in the midst of it. */
  readonly holes: readonly Element[];
}

/** Shows the consumer, by a tint over the page, what the agent can't see. Draws into our own overlay. */
export class HiddenAreas {
  readonly #container: HTMLElement;
  readonly #policy: CompiledPolicy;
  readonly #label: string;
  readonly #boxes = new Map<Element, HTMLElement>();
  #areas: Area[] = [];
  #lookedAt = -Infinity;
  #frame = 0;

  /** @param container covers the window, and lets the pointer through */
  constructor(container: HTMLElement, policy: CompiledPolicy, label: string) {
    this.#container = container;
    this.#policy = policy;
    this.#label = label;
    this.#draw();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    for (const box of this.#boxes.values()) box.remove();
    this.#boxes.clear();
  }

  readonly #draw = (): void => {
    this.#frame = requestAnimationFrame(this.#draw);
    const now = performance.now();
    if (now - this.#lookedAt > LOOK_MILLISECONDS) {
      this.#lookedAt = now;
      this.#areas = areasOf(this.#policy);
    }
    const places = this.#areas.map((area) => ({ area, place: placeOf(area) }));
    const shown = new Set(places.filter(({ place }) => place).map(({ area }) => area.element));
    for (const [element, box] of this.#boxes) {
      if (shown.has(element)) continue;
      box.remove();
      this.#boxes.delete(element);
    }
    for (const { area, place } of places) if (place) this.#place(area, place);
  };

  #place({ element, holes }: Area, { x, y, width, height }: DOMRect): void {
    let box = this.#boxes.get(element);
    if (!box) this.#boxes.set(element, (box = this.#container.appendChild(newBox())));
    const { style } = box;
    style.transform = `translate(${x}px, ${y}px)`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    const cut = holes.map((hole) => rectOf(hole)).filter((rect) => rect.width > 0);
    style.clipPath = cut.length === 0 ? '' : cutOut(width, height, cut, x, y);
    const words = width >= LABEL_WIDTH && height >= LABEL_HEIGHT ? this.#label : '';
    if (box.textContent !== words) box.textContent = words;
  }
}

function newBox(): HTMLElement {
  const box = document.createElement('div');
  box.part.add('hidden-area');
  box.className = 'hidden-area';
  // as script may: a page's policy may forbid style sheets, and this is loaded late
  Object.assign(box.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    boxSizing: 'border-box',
    overflow: 'hidden',
    padding: '1px 6px',
    border: '2px dashed #5b2a86',
    borderRadius: '4px',
    background: 'repeating-linear-gradient(135deg, rgb(91 42 134 / .3) 0 8px, rgb(91 42 134 / .18) 8px 16px)',
    color: '#2b0b47',
    font: '600 12px/1.2 system-ui, sans-serif',
    textShadow: '0 0 3px #fff, 0 0 3px #fff',
    pointerEvents: 'none',
  });
  return box;
}

function areasOf(policy: CompiledPolicy): Area[] {
  const { hidden, clear } = findHidden(policy);
  return hidden.slice(0, MOST_AREAS).map((element) => ({
    element,
    clips: clipsOf(element),
    holes: clear.filter((one) => element.contains(one) || element === document.documentElement),
  }));
}

function clipsOf(element: Element): Element[] {
  const clips: Element[] = [];
  for (let one = outer(element); one; one = outer(one)) {
    const style = one.ownerDocument.defaultView?.getComputedStyle(one);
    if (one.localName === 'iframe' || (style && style.overflow !== 'visible' && one.parentElement?.parentElement))
      clips.push(one);
  }
  return clips;
}

function outer(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return (root as Partial<ShadowRoot>).host ?? (root as Document).defaultView?.frameElement ?? null;
}

function placeOf({ element, clips }: Area): DOMRect | undefined {
  if (!element.isConnected) return undefined;
  const whole = new DOMRect(0, 0, innerWidth, innerHeight);
  const box = element === document.documentElement ? whole : rectOf(element);
  const seen = clips.reduce((rect, clip) => overlap(rect, rectOf(clip)), overlap(box, whole));
  return seen.width > 1 && seen.height > 1 ? seen : undefined;
}

/** In the window, through frames. */
function rectOf(element: Element): DOMRect {
  const { x, y, width, height } = element.getBoundingClientRect();
  const rect = new DOMRect(x, y, width, height);
  let frame = element.ownerDocument.defaultView?.frameElement;
  while (frame && element.ownerDocument !== document) {
    const box = frame.getBoundingClientRect();
    rect.x += box.left + frame.clientLeft;
    rect.y += box.top + frame.clientTop;
    frame = frame.ownerDocument === document ? null : frame.ownerDocument.defaultView?.frameElement;
  }
  return rect;
}

function overlap(a: DOMRect, b: DOMRect): DOMRect {
  const x = Math.max(a.left, b.left);
  const y = Math.max(a.top, b.top);
  return new DOMRect(x, y, Math.max(0, Math.min(a.right, b.right) - x), Math.max(0, Math.min(a.bottom, b.bottom) - y));
}

/** All of the box but these parts. */
function cutOut(width: number, height: number, holes: readonly DOMRect[], left: number, top: number): string {
  const square = (x: number, y: number, w: number, h: number) => `M${x} ${y}h${w}v${h}h${-w}z`;
  const parts = holes.map(({ x, y, width: w, height: h }) => square(x - left, y - top, w, h));
  return `path(evenodd, "${square(0, 0, width, height)}${parts.join('')}")`;
}
