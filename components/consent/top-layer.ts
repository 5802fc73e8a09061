import { deepActiveElement } from '../internal/deep-dom.js';

/** Shows a `popover=manual` in the top layer, and lifts it above what the page has put there since. */
export function raise(popover: HTMLElement, force = false): void {
  if (!popover.isConnected) return;
  const isOpen = popover.matches(':popover-open');
  if (isOpen && !force) return;
  const focused = isOpen ? deepActiveElement() : null;
  try {
    if (isOpen) popover.hidePopover();
    popover.showPopover();
  } catch {
    // not in a document that is shown; the next change tries again
    return;
  }
  if (focused && popover.contains(focused)) (focused as HTMLElement).focus({ preventScroll: true });
}

/** Opens a modal dialog above all others, also when it is open below another. */
export function openDialog(dialog: HTMLDialogElement, force = false): void {
  if (!dialog.isConnected || (dialog.open && !force)) return;
  try {
    if (dialog.open) dialog.close();
    dialog.showModal();
  } catch {
    // as above
  }
}
