/** The focused element, in open shadow roots too. */
export function deepActiveElement(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** The element at a point of the window, in open shadow roots too. */
export function deepElementAt(x: number, y: number): Element | null {
  let element = document.elementFromPoint(x, y);
  for (let root = element?.shadowRoot; root; root = element?.shadowRoot) {
    const inner = root.elementFromPoint(x, y);
    if (!inner || inner === element) break;
    element = inner;
  }
  return element;
}

/** The parent as it is drawn: the slot of what is slotted, the host of a shadow root. */
function composedParent(node: Node): Node | null {
  return (node as Element).assignedSlot ?? node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
}

export function composedContains(ancestor: Node, node: Node | null): boolean {
  for (let one = node; one; one = composedParent(one)) if (one === ancestor) return true;
  return false;
}

/** All elements that match, in open shadow roots too. Walks the whole document: not for each frame. */
export function deepQuery<T extends Element>(selector: string, root: Document | ShadowRoot = document): T[] {
  const found = [...root.querySelectorAll<T>(selector)];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const { shadowRoot } = walker.currentNode as Element;
    if (shadowRoot) found.push(...deepQuery<T>(selector, shadowRoot));
  }
  return found;
}
