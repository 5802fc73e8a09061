import type { Player } from '../../mirror/types.js';

/** Shows what has the focus on the consumer's page: the mirror itself never has any. */
export class PageFocus {
  readonly #ring: HTMLElement;
  readonly #player: Player;

  /** @param ring in the page's own CSS pixels */
  constructor(ring: HTMLElement, player: Player) {
    this.#ring = ring;
    this.#player = player;
  }

  /** @param id of the focused element in the mirror */
  show(id: number | null): void {
    const element = id === null ? null : this.#player.nodeOf(id);
    const box = element?.nodeType === Node.ELEMENT_NODE ? this.#boxOf(element as Element) : null;
    this.#ring.hidden = box === null;
    if (!box) return;
    const { style } = this.#ring;
    style.translate = `${box.left}px ${box.top}px`;
    style.width = `${box.width}px`;
    style.height = `${box.height}px`;
  }

  #boxOf(element: Element): DOMRect | null {
    if (!element.isConnected || /^(?:html|body|iframe)$/.test(element.localName)) return null;
    const box = this.#player.rectOf(element);
    return box.width > 0 && box.height > 0 ? box : null;
  }
}
