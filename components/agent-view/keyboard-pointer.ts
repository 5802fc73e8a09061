const step = 8;
const bigStep = 48;

/**
 * Lets the keyboard point and draw: arrow keys move (with Shift further), the space bar holds the pen down. It turns keys
 * into the pointer events that the pen listens to anyway.
 */
export class KeyboardPointer {
  readonly #surface: HTMLElement;
  readonly #mark: HTMLElement;
  readonly #listeners = new AbortController();
  #at: { x: number; y: number } | null = null;
  #down = false;

  /** @param mark shows where the pointer is; the surface is its containing block. */
  constructor(surface: HTMLElement, mark: HTMLElement) {
    this.#surface = surface;
    this.#mark = mark;
    const { signal } = this.#listeners;
    surface.addEventListener('keydown', this.#onKeyDown, { signal });
    surface.addEventListener('keyup', this.#onKeyUp, { signal });
    surface.addEventListener('blur', this.#leave, { signal });
    surface.addEventListener('pointermove', this.#onRealPointer, { signal });
  }

  destroy(): void {
    this.#leave();
    this.#listeners.abort();
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = direction(event.key);
    if (move) this.#move(move.x * (event.shiftKey ? bigStep : step), move.y * (event.shiftKey ? bigStep : step));
    else if (event.key === ' ' && !event.repeat) this.#press(true);
    else if (event.key !== ' ') return;
    event.preventDefault();
  };

  readonly #onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === ' ') this.#press(false);
  };

  readonly #onRealPointer = (event: PointerEvent): void => {
    if (event.isTrusted) this.#forget();
  };

  readonly #leave = (): void => {
    if (!this.#at) return;
    this.#press(false);
    this.#fire('pointerleave');
    this.#forget();
  };

  #move(x: number, y: number): void {
    const { width, height } = this.#surface.getBoundingClientRect();
    const from = this.#at ?? { x: width / 2, y: height / 2 };
    this.#at = { x: Math.max(0, Math.min(width - 1, from.x + x)), y: Math.max(0, Math.min(height - 1, from.y + y)) };
    this.#mark.style.translate = `${this.#at.x}px ${this.#at.y}px`;
    this.#mark.hidden = false;
    this.#fire('pointermove');
  }

  #press(down: boolean): void {
    if (this.#down === down) return;
    if (!this.#at) this.#move(0, 0);
    this.#down = down;
    this.#fire(down ? 'pointerdown' : 'pointerup');
  }

  #forget(): void {
    this.#at = null;
    this.#down = false;
    this.#mark.hidden = true;
  }

  #fire(type: string): void {
    if (!this.#at) return;
    const { left, top } = this.#surface.getBoundingClientRect();
    const buttons = this.#down && type !== 'pointerup' ? 1 : 0;
    const place = { clientX: left + this.#at.x, clientY: top + this.#at.y };
    const options = { ...place, button: type === 'pointermove' ? -1 : 0, buttons, isPrimary: true, pointerId: 1 };
    this.#surface.dispatchEvent(new PointerEvent(type, { ...options, pointerType: 'mouse', cancelable: true }));
  }
}

// the picture is not mirrored in right-to-left languages: left is left
function direction(key: string): { x: number; y: number } | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { x: -1, y: 0 };
    case 'ArrowRight':
      return { x: 1, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -1 };
    case 'ArrowDown':
      return { x: 0, y: 1 };
    default:
      return undefined;
  }
}
