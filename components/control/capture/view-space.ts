import type { Point } from './types.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Between the window of the desk and the consumer's viewport, by the surface's box as it is on the screen: right at any
 * zoom and under any transform of the desk's page that keeps it upright.
 */
export class ViewSpace {
  readonly #surface: HTMLElement;
  readonly #pageSize: () => Size;

  constructor(surface: HTMLElement, pageSize: () => Size) {
    this.#surface = surface;
    this.#pageSize = pageSize;
  }

  /** The consumer's viewport, CSS pixels. */
  get size(): Size {
    return this.#pageSize();
  }

  toPage({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const { left, top } = this.#surface.getBoundingClientRect();
    const { x, y } = this.#scale();
    return { x: (clientX - left) / x, y: (clientY - top) / y };
  }

  toWindow(rect: DOMRect): DOMRect {
    const { left, top } = this.#surface.getBoundingClientRect();
    const { x, y } = this.#scale();
    return new DOMRect(left + rect.left * x, top + rect.top * y, rect.width * x, rect.height * y);
  }

  #scale(): Point {
    const box = this.#surface.getBoundingClientRect();
    const { width, height } = this.size;
    return { x: box.width / width || 1, y: box.height / height || 1 };
  }
}
