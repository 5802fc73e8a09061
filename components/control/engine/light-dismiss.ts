import type { Core } from './core.js';
import { closestFlat, containsFlat, flatPath, reachableDocuments } from './dom.js';

export interface Dismissal {
  popover: Element | null;
  target: Element;
}

/** The open popover that a press belongs to: the one it is in, or the one that its button opens. */
export function topmostPopover(target: Element): Element | null {
  for (const element of flatPath(target)) {
    if (element.matches(':popover-open')) return element;
    const opened = (element as HTMLButtonElement).popoverTargetElement;
    if (opened?.matches(':popover-open')) return opened;
  }
  return null;
}

/** A press and release outside closes what the browser closes by itself: popovers, and dialogs that ask for it. */
export function lightDismiss(core: Core, pressed: Dismissal, released: Element): void {
  const popover = topmostPopover(released);
  if (popover === pressed.popover) dismissPopovers(core, popover);
  dismissDialogs(core, pressed.target, released);
}

function dismissPopovers(core: Core, keep: Element | null): void {
  for (const document of reachableDocuments(core.top.document)) {
    // a popover inside of another is later in the document, or its button is in the other
    for (const popover of [...document.querySelectorAll<HTMLElement>('[popover]:popover-open')].reverse()) {
      if (popover.popover === 'manual' || core.options.isOwn(popover)) continue;
      if (keep && (popover === keep || containsFlat(popover, keep) || opens(popover, keep))) continue;
      popover.hidePopover();
      core.focus.sync();
    }
  }
}

/** Whether a button in one popover opened the other. */
function opens(outer: Element, inner: Element): boolean {
  return [...outer.querySelectorAll<HTMLButtonElement>('[popovertarget]')].some(
    (button) => button.popoverTargetElement === inner,
  );
}

type ClosableDialog = HTMLDialogElement & { closedBy?: string; requestClose?(): void };

function dismissDialogs(core: Core, pressed: Element, released: Element): void {
  const { document } = core.top;
  const open = [...document.querySelectorAll<ClosableDialog>('dialog[open]')].filter(
    ({ closedBy }) => closedBy === 'any',
  );
  const dialog = open.at(-1);
  if (!dialog || core.options.isOwn(dialog)) return;
  const isInside = (target: Element) =>
    closestFlat(target, 'dialog[open]') === dialog && !isBackdrop(core, dialog, target);
  if (isInside(pressed) || isInside(released)) return;
  dialog.requestClose?.();
  core.focus.sync();
}

// the backdrop answers with the dialog itself
function isBackdrop({ x, y }: Core, dialog: Element, target: Element): boolean {
  if (target !== dialog) return false;
  const { left, top, right, bottom } = dialog.getBoundingClientRect();
  return x < left || x >= right || y < top || y >= bottom;
}
