import type { Touch } from '../mirror/types.js';

const FADE_MILLISECONDS = 650;
/** A finger that lies still says nothing. After so long its end has not come through. */
const LOST_MILLISECONDS = 8000;
/** More fingers than hands have. */
const MOST = 10;

/** A mark where each finger of the consumer is; it fades when the finger has gone. */
export class TouchMarks {
  readonly #container: HTMLElement;
  /** By finger. */
  readonly #down = new Map<number, HTMLElement>();
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** @param container in the page's own CSS pixels. */
  constructor(container: HTMLElement) {
    this.#container = container;
  }

  follow({ finger, phase, x, y }: Touch): void {
    const mark = this.#down.get(finger) ?? (phase === 'end' ? undefined : this.#add(finger));
    if (!mark) return;
    mark.style.translate = `${x}px ${y}px`;
    clearTimeout(this.#timers.get(finger));
    if (phase === 'end') this.#fade(finger);
    else
      this.#timers.set(
        finger,
        setTimeout(() => this.#fade(finger), LOST_MILLISECONDS),
      );
  }

  /** All of them have gone. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#down.clear();
    this.#container.replaceChildren();
  }

  #add(finger: number): HTMLElement | undefined {
    if (this.#down.size >= MOST) return undefined;
    const mark = document.createElement('span');
    mark.className = 'touch';
    mark.setAttribute('part', 'touch');
    this.#container.append(mark);
    this.#down.set(finger, mark);
    return mark;
  }

  #fade(finger: number): void {
    const mark = this.#down.get(finger);
    this.#down.delete(finger);
    this.#timers.delete(finger);
    if (!mark) return;
    mark.dataset['ended'] = '';
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const grown = still ? {} : { scale: 'calc(1.5 / var(--_scale))' };
    const animation = mark.animate([{}, { opacity: 0, ...grown }], {
      duration: FADE_MILLISECONDS,
      easing: 'ease-out',
      fill: 'forwards',
    });
    const remove = () => mark.remove();
    animation.finished.then(remove, remove);
  }
}
