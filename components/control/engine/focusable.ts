import type { Core } from './core.js';
import {
  deepActive,
  flatParent,
  frameElement,
  innerDocument,
  isDisabled,
  isEditableHost,
  isInput,
  isVisible,
  realmOf,
  shadowOf,
} from './dom.js';

const ALWAYS = 'input, select, textarea, button, iframe, frame, object, embed, audio[controls], video[controls]';

/** Whether it takes focus at all, by a click or a script. */
export function isFocusable(element: Element): boolean {
  if (isDisabled(element) || (isInput(element) && element.type === 'hidden')) return false;
  if (element.closest('[inert]')) return false;
  const is =
    element.hasAttribute('tabindex') ||
    element.matches(ALWAYS) ||
    ((element.localName === 'a' || element.localName === 'area') && element.hasAttribute('href')) ||
    isMainSummary(element) ||
    isEditingRoot(element) ||
    element.localName === 'dialog';
  return is && (element.localName === 'area' || isVisible(element));
}

function isMainSummary(element: Element): boolean {
  const parent = element.parentElement;
  return (
    element.localName === 'summary' &&
    parent?.localName === 'details' &&
    parent.querySelector(':scope > summary') === element
  );
}

/** The element that a contenteditable begins at. */
export function isEditingRoot(element: Element): boolean {
  if (element.ownerDocument.designMode === 'on') return element === element.ownerDocument.body;
  return isEditableHost(element) && !isEditableHost(element.parentElement);
}

function delegates(element: Element): boolean {
  return shadowOf(element)?.delegatesFocus === true;
}

/** Where a click on the target puts the focus: null takes it away from where it is. */
export function clickFocusTarget(target: Element): Element | null {
  for (let current: Element | null = target; current; current = flatParent(current)) {
    if (delegates(current)) {
      const active = shadowOf(current)!.activeElement;
      if (active) return active;
      const first = firstFocusable(current);
      if (first) return first;
      continue;
    }
    if (isFocusable(current)) return current;
  }
  return null;
}

function firstFocusable(host: Element): Element | null {
  for (const element of shadowOf(host)!.querySelectorAll('*')) {
    if (isFocusable(element)) return delegates(element) ? firstFocusable(element) : element;
  }
  return null;
}

/** Focuses, or blurs for null. `near`: tells the document that is meant. */
export function focusElement(core: Core, element: Element | null, near: Element, options?: FocusOptions): void {
  core.focus.mark();
  const active = deepActive(core.top.document);
  if (element) {
    if (element !== active) (element as HTMLElement).focus({ preventScroll: true, ...options });
  } else {
    blurTo(core, active, near.ownerDocument);
  }
  core.focus.sync();
}

function blurTo(core: Core, active: Element, document: Document): void {
  const isOther = active.ownerDocument !== document;
  if (active !== active.ownerDocument.body) (active as HTMLElement).blur?.();
  if (!isOther) return;
  const view = realmOf(document);
  const inner = document.activeElement;
  if (inner && inner !== document.body && !innerDocument(inner)) (inner as HTMLElement).blur?.();
  // the window of a frame has the focus then
  if (frameElement(document) || active.ownerDocument !== core.top.document) view.focus();
}
