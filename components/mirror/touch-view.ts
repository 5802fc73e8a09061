import type { PageSize, SeenPart } from './rrweb-events.js';

/** A phone's keyboard is higher than that; the bars of a browser that come and go are not. CSS pixels. */
const KEYBOARD_HEIGHT = 100;

/** What of the page is seen on a screen that is touched: zoomed in with two fingers, or above a keyboard. */
export class TouchView {
  /** The whole height of the device's window, when it was last seen without a keyboard. */
  #whole = { width: 0, height: 0 };

  /** @param changed something may be seen that wasn't. @returns the way to stop. */
  watch(changed: () => void): () => void {
    const controller = new AbortController();
    const { signal } = controller;
    for (const type of ['resize', 'scroll']) visualViewport?.addEventListener(type, changed, { signal });
    for (const type of ['focusin', 'focusout']) document.addEventListener(type, changed, { signal });
    return () => controller.abort();
  }

  read({ width, height }: PageSize): PageSize {
    // while the bars of a phone's browser are away, what is fixed to the bottom is lower
    const size = { width, height: isTouchOnly() ? Math.max(height, innerHeight) : height };
    const seen = this.#seen(size);
    return seen ? { ...size, seen } : size;
  }

  #seen(size: PageSize): SeenPart | undefined {
    if (!visualViewport) return undefined;
    const { offsetLeft, offsetTop, width, height, scale } = visualViewport;
    const keyboard = this.#keyboard(size, width * scale, height * scale);
    const isTrue = Math.abs(scale - 1) < 0.001 && Math.abs(offsetLeft) < 1 && Math.abs(offsetTop) < 1;
    // rounding is no difference, and a browser's own zoom makes fractions
    const isAll = Math.abs(width - size.width) < 2 && Math.abs(height - size.height) < 2;
    if (isTrue && isAll && keyboard === 0) return undefined;
    const [x, y] = [round(offsetLeft), round(offsetTop)];
    return { x, y, width: round(width), height: round(height), scale: round(scale), keyboard };
  }

  /** What has gone from the height since something is written in. No browser tells more of a keyboard than that. */
  #keyboard(size: PageSize, width: number, height: number): number {
    const whole = Math.max(height, (size.height * width) / size.width);
    const isWriting = isTouchOnly() && document.activeElement !== null && document.activeElement !== document.body;
    const isTurned = Math.abs(width - this.#whole.width) > 1;
    if (!isWriting || isTurned || whole > this.#whole.height) this.#whole = { width, height: whole };
    const missing = this.#whole.height - height;
    return isWriting && missing >= KEYBOARD_HEIGHT ? Math.round(missing) : 0;
  }
}

/** A phone or a tablet: no mouse, and scrollbars that take no place. */
function isTouchOnly(): boolean {
  return matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
