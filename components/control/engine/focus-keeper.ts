import { deepActive, realmOf } from './dom.js';

/**
 * In a window without focus `focus()` moves the active element, but tells nobody. Here the events are made up for, so that
 * pages work the same while the consumer looks at another window.
 */
export class FocusKeeper {
  readonly #top: Document;
  /** Null while the browser tells the page itself. */
  #known: Element | null = null;
  #isTelling = false;

  constructor(top: Document) {
    this.#top = top;
  }

  /** Before something that may move the focus: from where. */
  mark(): void {
    this.#known = this.#top.hasFocus() ? null : (this.#known ?? deepActive(this.#top));
  }

  /** Tells the page where the focus has gone since the last call, if its browser doesn't. */
  sync(): void {
    if (this.#isTelling) return;
    for (let turns = 0; turns < 10; turns += 1) {
      const before = this.#known;
      this.mark();
      if (!before || !this.#known) return;
      const now = deepActive(this.#top);
      this.#known = now;
      if (now === before) return;
      this.#isTelling = true;
      tell(before, now);
      this.#isTelling = false;
      // a handler may have moved it on
    }
  }
}

function tell(before: Element, now: Element): void {
  const isSame = before.ownerDocument === now.ownerDocument;
  if (hearsFocus(before) && before.isConnected) {
    fireFocus(before, 'blur', isSame ? now : null, false);
    fireFocus(before, 'focusout', isSame ? now : null, true);
  }
  if (hearsFocus(now)) {
    const from = isSame && before.isConnected ? before : null;
    fireFocus(now, 'focus', from, false);
    fireFocus(now, 'focusin', from, true);
  }
}

function hearsFocus(element: Element): boolean {
  const { ownerDocument } = element;
  return element !== ownerDocument.body || ownerDocument.designMode === 'on' || element.hasAttribute('tabindex');
}

function fireFocus(target: Element, type: string, related: Element | null, bubbles: boolean): void {
  const view = realmOf(target);
  const relatedTarget = related && hearsFocus(related) ? related : null;
  target.dispatchEvent(new view.FocusEvent(type, { bubbles, composed: true, relatedTarget, view }));
}
