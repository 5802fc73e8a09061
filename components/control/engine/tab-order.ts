import { flatChildren, flatPath, innerDocument, isInput, isRightToLeft, isVisible, realmOf, shadowOf } from './dom.js';
import { isEditingRoot, isFocusable } from './focusable.js';

interface Entry {
  element: Element;
  tabIndex: number;
  /** In order: the element itself if it takes focus, and what is inside of its own scope. */
  stops: Element[];
}

/** All that Tab reaches in a document, in its order, through slots, shadow roots and frames. */
export function tabStops(document: Document, active: Element, isOwn: (element: Element) => boolean): Element[] {
  const modal = [...document.querySelectorAll('dialog:modal')].filter((dialog) => !isOwn(dialog)).at(-1);
  const root = modal ?? document.documentElement;
  const stops = root ? scope([root], { active, isOwn }) : [];
  return stops.filter((element) => !isSkippedRadio(element, active));
}

interface Context {
  active: Element;
  isOwn: (element: Element) => boolean;
}

function scope(roots: readonly Element[], context: Context): Element[] {
  const entries: Entry[] = [];
  for (const root of roots) collect(root, entries, context);
  const positive = entries.filter(({ tabIndex }) => tabIndex > 0).sort((one, other) => one.tabIndex - other.tabIndex);
  const plain = entries.filter(({ tabIndex }) => tabIndex === 0);
  return [...positive, ...plain].flatMap(({ stops }) => stops);
}

function collect(element: Element, entries: Entry[], context: Context): void {
  if (element.hasAttribute('inert') || context.isOwn(element) || isClosed(element)) return;
  const tabIndex = indexOf(element);
  const inner = scopeInside(element, context);
  if (inner) {
    // nothing of a host that is left out can be reached by Tab
    if (tabIndex < 0) return;
    const takes = isFocusable(element) && element.localName !== 'iframe' && !shadowOf(element)?.delegatesFocus;
    const isStop = takes && element.hasAttribute('tabindex');
    entries.push({ element, tabIndex, stops: isStop ? [element, ...inner] : inner });
    return;
  }
  const children = flatChildren(element);
  const own: Entry | null = isStop(element) ? { element, tabIndex, stops: [element] } : null;
  if (own && tabIndex >= 0) entries.push(own);
  const before = entries.length;
  for (const child of children) collect(child, entries, context);
  if (!own && entries.length === before && isScroller(element))
    entries.push({ element, tabIndex: 0, stops: [element] });
}

/** The stops of a scope of its own: a shadow tree, a slot's content, a frame. */
function scopeInside(element: Element, context: Context): Element[] | null {
  if (shadowOf(element)) return scope(flatChildren(element), context);
  if (element.localName === 'slot') return scope(flatChildren(element), context);
  const inner = innerDocument(element);
  if (!inner?.documentElement) return null;
  return isVisible(element) ? tabStops(inner, context.active, context.isOwn) : [];
}

function isStop(element: Element): boolean {
  if (element.localName === 'dialog' && !element.hasAttribute('tabindex')) return false;
  return isFocusable(element);
}

function indexOf(element: Element): number {
  const given = element.getAttribute('tabindex');
  if (given !== null && /^-?\d+$/.test(given.trim())) return Number(given);
  return 0;
}

function isClosed(element: Element): boolean {
  return element.localName === 'head' || element.localName === 'script' || element.localName === 'style';
}

/** A scroll box that holds nothing to focus can be focused itself. */
function isScroller(element: Element): boolean {
  if (element === element.ownerDocument.documentElement || element === element.ownerDocument.body) return false;
  const overflows = element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth;
  if (!overflows || isEditingRoot(element) || element.hasAttribute('tabindex')) return false;
  const { overflowX, overflowY } = realmOf(element).getComputedStyle(element);
  const scrolls = (value: string) => value === 'auto' || value === 'scroll';
  return (scrolls(overflowX) || scrolls(overflowY)) && isVisible(element);
}

/** Of a group of radios one is a stop: the chosen one, or where none is, the first. */
function isSkippedRadio(element: Element, active: Element): boolean {
  if (!isInput(element) || element.type !== 'radio' || element.name === '') return false;
  const group = radioGroup(element);
  if (element !== active && group.includes(active as HTMLInputElement)) return true;
  const chosen = group.find(({ checked }) => checked) ?? group.find((radio) => isFocusable(radio));
  return element !== chosen && element !== active;
}

export function radioGroup(radio: HTMLInputElement): HTMLInputElement[] {
  const root = radio.getRootNode() as Document | ShadowRoot;
  return [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
    (other) => other.name === radio.name && other.form === radio.form,
  );
}

/** The stop after `from`, or before it; from null in at the end. Null where the page is left. */
export function nextStop(stops: readonly Element[], from: Element | null, isBack: boolean): Element | null {
  if (!from) return stops.at(isBack ? -1 : 0) ?? null;
  const index = stops.indexOf(from);
  if (index >= 0) return stops[index + (isBack ? -1 : 1)] ?? null;
  const after = stops.findIndex((stop) => comesAfter(stop, from));
  if (isBack) return stops[(after < 0 ? stops.length : after) - 1] ?? null;
  return stops[after] ?? null;
}

/** As drawn: by the children of what contains both. */
function comesAfter(one: Element, other: Element): boolean {
  const paths = [deepPath(one), deepPath(other)] as const;
  const path = new Set(paths[1]);
  const common = paths[0].find((element) => path.has(element));
  if (!common || common === other) return true;
  if (common === one) return false;
  const below = (list: readonly Element[]) => list[list.indexOf(common) - 1]!;
  const children = innerRoot(common) ?? flatChildren(common);
  return children.indexOf(below(paths[0])) > children.indexOf(below(paths[1]));
}

function innerRoot(element: Element): Element[] | null {
  const inner = innerDocument(element);
  return inner?.documentElement ? [inner.documentElement] : null;
}

function deepPath(element: Element): Element[] {
  const path = flatPath(element);
  const frame = realmOf(element).frameElement;
  return frame ? [...path, ...deepPath(frame)] : path;
}

export function isForwardKey(element: Element, key: string): boolean {
  return key === 'ArrowDown' || key === (isRightToLeft(element) ? 'ArrowLeft' : 'ArrowRight');
}
