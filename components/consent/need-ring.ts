/** Keeps a ring around an element of the page while the consumer is asked to use it. */
export class NeedRing {
  readonly #done: () => void;
  #ring: HTMLElement | null = null;
  #element: Element | undefined;
  #frame = 0;

  /** @param done the person has clicked the element, or it is gone */
  constructor(done: () => void) {
    this.#done = done;
  }

  follow(ring: HTMLElement | null, element: Element | undefined): void {
    this.#ring = ring;
    if (element === this.#element && Boolean(this.#frame) === Boolean(ring && element)) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#element?.removeEventListener('click', this.#onClick, true);
    this.#element = ring ? element : undefined;
    if (!this.#element) return;
    this.#element.addEventListener('click', this.#onClick, true);
    this.#place();
  }

  readonly #onClick = (event: Event): void => {
    if (event.isTrusted) this.#done();
  };

  readonly #place = (): void => {
    const element = this.#element;
    if (!element || !this.#ring) return;
    if (!element.isConnected) {
      this.#done();
      return;
    }
    this.#frame = requestAnimationFrame(this.#place);
    const box = boxInWindow(element);
    this.#ring.hidden = !box;
    if (!box) return;
    const { style } = this.#ring;
    style.transform = `translate(${box.x}px, ${box.y}px)`;
    style.inlineSize = `${box.width}px`;
    style.blockSize = `${box.height}px`;
  };
}

/** Of the element, or of the closest around it that has a box: a file field is often hidden in its label. */
function boxInWindow(element: Element): DOMRect | undefined {
  let seen: Element | null = element;
  while (seen && !hasBox(seen)) seen = seen.parentElement;
  if (!seen || seen === seen.ownerDocument.body) return undefined;
  const { x, y, width, height } = seen.getBoundingClientRect();
  const box = new DOMRect(x, y, width, height);
  for (let frame = frameOf(seen); frame; frame = frameOf(frame)) {
    const { left, top } = frame.getBoundingClientRect();
    box.x += left + frame.clientLeft;
    box.y += top + frame.clientTop;
  }
  return box;
}

function hasBox(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 2 && height > 2 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** The frame that the element's document is in, or null at the top. */
function frameOf({ ownerDocument: { defaultView } }: Element): Element | null {
  return defaultView === window ? null : (defaultView?.frameElement ?? null);
}
