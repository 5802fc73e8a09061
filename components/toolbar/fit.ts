import type { LitElement, ReactiveController } from 'lit';

/** How much a toolbar has to give up: 0 nothing, 1 labels, 2 swatches and circles, 3 rare buttons, 4 lines wrap. */
export const LAST_LEVEL = 4;

/**
 * Finds how much of a row fits, by measuring it: words differ in length from language to language, so fixed widths do
 * not do. The level is `data-level` of the row, the style sheet does the rest.
 */
export class Fit implements ReactiveController {
  readonly #host: LitElement;
  readonly #row: () => HTMLElement | null;
  readonly #onChange: () => void;
  // with the next frame: lines that wrap change the size that is observed, which browsers report to the page as an error
  readonly #observer = new ResizeObserver(() => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.measure());
  });
  #frame = 0;

  constructor(host: LitElement, row: () => HTMLElement | null, onChange: () => void) {
    this.#host = host;
    this.#row = row;
    this.#onChange = onChange;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostUpdated(): void {
    this.measure();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  measure(): void {
    const row = this.#row();
    if (!row || row.clientWidth === 0 || row.ariaOrientation === 'vertical') return;
    const before = row.dataset.level;
    for (let level = 0; level <= LAST_LEVEL; level++) {
      row.dataset.level = String(level);
      if (row.scrollWidth <= row.clientWidth) break;
    }
    if (row.dataset.level !== before) this.#onChange();
  }
}
