/** Runs something that may move the focus into a frame (a dialog that opens there), and puts it back where it was. */
export function keepFocus(frame: HTMLIFrameElement, run: () => void): void {
  const before = focusedElement();
  try {
    run();
  } finally {
    const root = frame.getRootNode() as Partial<Document>;
    if (root.activeElement === frame && before !== frame) {
      if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
      else frame.blur();
    }
  }
}

/** The focused element, in open shadow roots too. */
export function focusedElement(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
