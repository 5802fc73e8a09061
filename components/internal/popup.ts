const margin = 8;

/** Puts an open popover next to its button: below, or above where there is no room; never over the window's edge. */
export function placePopup(button: Element, popup: HTMLElement, side: 'below' | 'above' = 'below'): void {
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popup;
  const { clientWidth, clientHeight } = document.documentElement;
  const viewHeight = clientHeight || innerHeight;
  const below = anchor.bottom + margin;
  const above = anchor.top - margin - height;
  const fitsBelow = below + height <= viewHeight - margin;
  const top = side === 'below' ? (fitsBelow || above < margin ? below : above) : above >= margin ? above : below;
  const wanted = alignedStart(button, popup, anchor, width);
  popup.style.left = `${clamp(wanted, margin, clientWidth - width - margin)}px`;
  popup.style.top = `${Math.max(margin, top)}px`;
}

function alignedStart(button: Element, popup: HTMLElement, anchor: DOMRect, width: number): number {
  if (popup.dataset.align === 'center') return anchor.left + (anchor.width - width) / 2;
  return button.matches(':dir(rtl)') ? anchor.right - width : anchor.left;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/** The button that opens a popover. */
export function buttonOf(popup: HTMLElement): HTMLElement | null {
  return (popup.getRootNode() as ShadowRoot).querySelector(`[popovertarget="${popup.id}"]`);
}

/** Closes it as its button would: the focus goes back there. */
export function closePopup(popup: HTMLElement): void {
  popup.hidePopover();
  buttonOf(popup)?.focus();
}

/** What a popover does with keys: Escape; in a menu arrows, Home and End. A click outside is the popover's own. */
export function handlePopupKey(event: KeyboardEvent, menu: HTMLElement): void {
  if (event.key === 'Tab') menu.hidePopover();
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    closePopup(menu);
  }
  const items = menuItems(menu);
  const index = items.indexOf((menu.getRootNode() as ShadowRoot).activeElement as HTMLElement);
  const next = menuTarget(event.key, items, index);
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

function menuTarget(key: string, items: HTMLElement[], index: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(index + 1) % items.length];
    case 'ArrowUp':
      return items.at(index <= 0 ? -1 : index - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return undefined;
  }
}

export function menuItems(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')].filter((item) => item.checkVisibility());
}
