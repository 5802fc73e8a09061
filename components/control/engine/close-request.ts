import type { Core } from './core.js';
import { reachableDocuments } from './dom.js';

type ClosableDialog = HTMLDialogElement & { closedBy?: string; requestClose?(): void };

/** What Escape closes: the popover or dialog on top. */
export function closeTopmost(core: Core): void {
  const { document } = core.active.ownerDocument.defaultView ?? core.top;
  const documents = [document, ...reachableDocuments(core.top.document).filter((other) => other !== document)];
  for (const one of documents) if (closeIn(core, one)) return;
}

function closeIn(core: Core, document: Document): boolean {
  const isTheirs = (element: Element) => !core.options.isOwn(element);
  const popover = [...document.querySelectorAll<HTMLElement>('[popover]:popover-open')]
    .filter((element) => isTheirs(element) && element.popover !== 'manual')
    .at(-1);
  const dialog = [...document.querySelectorAll<ClosableDialog>('dialog[open]')]
    .filter((element) => isTheirs(element) && closesByEscape(element))
    .at(-1);
  // a dialog that was opened out of a popover lies over it
  if (popover && !(dialog && popover.contains(dialog))) popover.hidePopover();
  else if (dialog) requestClose(core, dialog);
  else return false;
  core.focus.sync();
  return true;
}

function closesByEscape(dialog: ClosableDialog): boolean {
  const by = dialog.closedBy;
  if (by === 'none') return false;
  return dialog.matches(':modal') || by === 'any' || by === 'closerequest';
}

function requestClose(core: Core, dialog: ClosableDialog): void {
  if (dialog.requestClose) {
    dialog.requestClose();
    return;
  }
  const { Event } = core.top;
  if (dialog.dispatchEvent(new Event('cancel', { cancelable: true }))) dialog.close();
}
