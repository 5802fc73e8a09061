/** The flat tree: what is drawn, through slots, shadow roots (closed ones too where we know them) and frames. */

export type Realm = Window & typeof globalThis;

/** Closed shadow roots, known where the page made them after our hook was in. */
export const closedRoots = new WeakMap<Element, ShadowRoot>();

export function realmOf(node: Node): Realm {
  return (node.ownerDocument ?? (node as Document)).defaultView ?? window;
}

export function isElement(value: unknown): value is Element {
  return (value as Node | null)?.nodeType === Node.ELEMENT_NODE;
}

export function shadowOf(element: Element): ShadowRoot | null {
  return element.shadowRoot ?? closedRoots.get(element) ?? null;
}

/** The element that contains this one as it is drawn, in the same document. */
export function flatParent(node: Node): Element | null {
  const parent = node.parentNode;
  if (!parent) return null;
  if (parent.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return (parent as ShadowRoot).host ?? null;
  if (!isElement(parent)) return null;
  return shadowOf(parent) ? (slotOf(node, parent) ?? parent) : parent;
}

function slotOf(node: Node, host: Element): Element | null {
  const open = (node as Element).assignedSlot;
  if (open) return open;
  const closed = closedRoots.get(host);
  if (!closed) return null;
  const name = isElement(node) ? node.slot : '';
  return [...closed.querySelectorAll('slot')].find((slot) => slot.name === name) ?? null;
}

/** The element and all around it, innermost first, in the same document. */
export function flatPath(element: Element | null): Element[] {
  const path: Element[] = [];
  for (let current = element; current; current = flatParent(current)) path.push(current);
  return path;
}

/** The children as they are drawn: of a shadow tree, of a slot, or plainly. */
export function flatChildren(element: Element): Element[] {
  const root = shadowOf(element);
  if (root) return [...root.children];
  if (element.localName === 'slot' && element.getRootNode() !== element.ownerDocument) {
    const assigned = (element as HTMLSlotElement).assignedElements();
    if (assigned.length > 0) return assigned;
  }
  return [...element.children];
}

export function closestFlat(element: Element | null, selector: string): Element | null {
  for (let current = element; current; current = flatParent(current)) if (current.matches(selector)) return current;
  return null;
}

export function containsFlat(outer: Element, inner: Element | null): boolean {
  for (let current = inner; current; current = flatParent(current)) if (current === outer) return true;
  return false;
}

/** Nearest element that contains both. */
export function commonFlat(one: Element, other: Element): Element | null {
  const path = new Set(flatPath(one));
  for (let current: Element | null = other; current; current = flatParent(current))
    if (path.has(current)) return current;
  return null;
}

/** The document inside of a frame, null for other elements and other origins. */
export function innerDocument(element: Element): Document | null {
  if (element.localName !== 'iframe' && element.localName !== 'frame') return null;
  try {
    return (element as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}

export function frameElement(document: Document): Element | null {
  try {
    return document.defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

// live lists cost nothing while nothing changes
function framesOf(document: Document): Element[] {
  return [...document.getElementsByTagName('iframe'), ...document.getElementsByTagName('frame')];
}

/** The documents of the page that scripts here can reach, this one first. */
export function reachableDocuments(top: Document): Document[] {
  const found = [top];
  for (const document of found) {
    for (const frame of framesOf(document)) {
      const inner = innerDocument(frame);
      if (inner && !found.includes(inner)) found.push(inner);
    }
  }
  return found;
}

/** The element with focus, through frames and shadow roots; the body where none has it. */
export function deepActive(top: Document): Element {
  let document = top;
  let active: Element | null = document.activeElement;
  while (active) {
    const inside: Element | null | undefined = shadowOf(active)?.activeElement;
    if (inside) {
      active = inside;
      continue;
    }
    const inner = innerDocument(active);
    if (!inner) break;
    document = inner;
    active = inner.activeElement;
  }
  return active ?? document.body ?? document.documentElement;
}

type Control = HTMLInputElement | HTMLButtonElement | HTMLSelectElement | HTMLTextAreaElement;

/** Of HTML's own rule for controls, by its selector. */
export function isDisabled(element: Element): boolean {
  return isFormControl(element) && element.matches(':disabled');
}

export function isFormControl(element: Element): element is Control {
  return (
    /^(input|button|select|textarea|option|optgroup|fieldset)$/.test(element.localName) || isFormAssociated(element)
  );
}

function isFormAssociated(element: Element): boolean {
  return element.localName.includes('-') && element.matches(':disabled');
}

export function isInput(element: Element | null): element is HTMLInputElement {
  return element?.localName === 'input';
}

export function isTextArea(element: Element | null): element is HTMLTextAreaElement {
  return element?.localName === 'textarea';
}

export function isSelect(element: Element | null): element is HTMLSelectElement {
  return element?.localName === 'select';
}

const NOT_TEXT = /^(button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;
const PICKED = /^(date|datetime-local|month|time|week)$/;

/** An input with a caret. */
export function isTextInput(element: Element | null): element is HTMLInputElement {
  return isInput(element) && !NOT_TEXT.test(element.type) && !PICKED.test(element.type);
}

/** Date, time and the like: typed by segments in the browser's own way. */
export function isPickedInput(element: Element | null): element is HTMLInputElement {
  return isInput(element) && PICKED.test(element.type);
}

export function isTextField(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  return isTextInput(element) || isTextArea(element);
}

export function isEditableHost(element: Element | null): element is HTMLElement {
  return Boolean(element && ((element as HTMLElement).isContentEditable || element.ownerDocument.designMode === 'on'));
}

/** Whether typing changes it. */
export function isEditable(element: Element | null): boolean {
  if (isTextField(element)) return !element.readOnly && !element.disabled;
  return isEditableHost(element);
}

/** The outermost editable element around. */
export function editingHost(element: Element): Element {
  let host = element;
  for (let around = host.parentElement; isEditableHost(around); around = host.parentElement) host = around;
  return host;
}

/** Sets a value past what a framework has put over it. */
export function setNativeValue(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const realm = realmOf(field);
  const { prototype } = isTextArea(field) ? realm.HTMLTextAreaElement : realm.HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(field, value);
}

export function isVisible(element: Element): boolean {
  return element.checkVisibility?.({ checkVisibilityCSS: true }) ?? element.getClientRects().length > 0;
}

export function isRightToLeft(element: Element): boolean {
  return realmOf(element).getComputedStyle(element).direction === 'rtl';
}
