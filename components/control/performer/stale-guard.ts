import { closestFlat, flatChildren, isVisible, realmOf } from '../engine/dom.js';
import { hitTest } from '../engine/hit-test.js';
import type { ChangeLog } from './changes.js';
import { isOutOfView, pointOf, type Point } from './places.js';
import { isOurs, outwards, pathOf } from './policy.js';

/** Things that a press works as a whole, whichever part of them it meets. */
const WHOLE = 'button,input,select,textarea,label,option,[contenteditable]:not([contenteditable="false"])';
/** Things that a press works. The page's own, made of anything, are known by the pointing hand. */
const CONTROL = `${WHOLE},a[href],area[href],summary,[onclick],${[
  ...['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'treeitem', 'gridcell', 'slider', 'combobox'],
  ...['menuitem', 'menuitemcheckbox', 'menuitemradio', 'textbox', 'searchbox', 'spinbutton'],
]
  .map((role) => `[role="${role}"]`)
  .join()}`;
/** Written in by typing: that their text is new is the agent's own doing. */
const TYPED =
  'input:not([type=button],[type=submit],[type=reset],[type=image]),textarea,[contenteditable]:not([contenteditable="false"])';
/** Parts of a control that are looked through for changes. */
const PARTS = 300;

export interface Target extends Point {
  hit: Element;
}

/**
 * Where a press that was aimed at an element meets it, or what is as good as it; null when it is covered, has moved under
 * something else, or can't be seen. Brings into view what is scrolled away.
 */
export function targetOf(aim: Element, fx: number, fy: number): Target | null {
  const met = meet(aim, pointOf(aim, fx, fy));
  if (met) return met;
  if (!isOutOfView(aim, pointOf(aim, fx, fy))) return null;
  aim.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  return meet(aim, pointOf(aim, fx, fy));
}

function meet(aim: Element, point: Point): Target | null {
  if (isOutside(point) || !isVisible(aim) || !hasSize(aim)) return null;
  const hit = hitTest(document, point.x, point.y, (element) => pathOf(element).some(isOurs)).element;
  return isSameThing(aim, hit) ? { ...point, hit } : null;
}

/** Zero size is met by no point, but for what lies in it. */
function hasSize(element: Element): boolean {
  return [...element.getClientRects()].some(({ width, height }) => width > 0 && height > 0);
}

function isOutside({ x, y }: Point): boolean {
  return !(x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
}

/** Whether a press on `hit` does what a press on `aim` would: the fonts of the two sides may differ by some pixels. */
export function isSameThing(aim: Element, hit: Element): boolean {
  if (aim === hit) return true;
  const [one, other] = [worked(aim), worked(hit)];
  const isNear = contains(aim, hit) || contains(hit, aim);
  if (one || other) return one === other && (isNear || one!.matches(WHOLE));
  return isNear && hasHand(aim) === hasHand(hit);
}

/** The control that a press here works. */
function worked(element: Element): Element | null {
  const control = controlOf(element);
  if (control?.localName === 'label') return (control as HTMLLabelElement).control ?? control;
  return control?.localName === 'option' ? (closestFlat(control, 'select') ?? control) : control;
}

export function controlOf(element: Element): Element | null {
  return closestFlat(element, CONTROL);
}

function contains(outer: Element, inner: Element): boolean {
  for (let one: Element | null = inner; one; one = outwards(one)) if (one === outer) return true;
  return false;
}

function hasHand(element: Element): boolean {
  return realmOf(element).getComputedStyle(element).cursor === 'pointer';
}

/**
 * Whether what a press meets is not what the agent saw in this frame of the epoch: it came later, or its text, its
 * picture, or what it leads to has changed since.
 */
export function hasChanged(log: ChangeLog, aim: Element, hit: Element, seq: number): boolean {
  for (let one: Element | null = hit; one && one !== aim && contains(aim, one); one = outwards(one)) {
    if (log.isNew(one, seq)) return true;
  }
  const control = controlOf(hit);
  if (!control) return log.hasNewMeaning(hit, seq);
  return !control.matches(TYPED) && partsOf(control).some((part) => isNewIn(log, part, seq));
}

function isNewIn(log: ChangeLog, part: Element, seq: number): boolean {
  if (log.hasNewMeaning(part, seq) || log.hasNewChildren(part, seq)) return true;
  // what is slotted into a component's button hangs on the component
  const { host } = part.getRootNode() as ShadowRoot;
  return part.localName === 'slot' && Boolean(host) && (log.hasNewMeaning(host, seq) || log.hasNewChildren(host, seq));
}

function partsOf(control: Element): Element[] {
  const parts = [control];
  for (const part of parts) {
    if (parts.length > PARTS) break;
    parts.push(...flatChildren(part));
  }
  return parts;
}

/** Whether Enter or Space would work something that the agent has not seen focused, or not as it is now. */
export function isKeyStale(log: ChangeLog, key: string, active: Element, seq: number): boolean {
  if (key !== 'Enter' && key !== ' ') return false;
  const control = controlOf(active);
  if (control !== active || active.matches('textarea,[contenteditable]:not([contenteditable="false"])')) return false;
  // a space in a field is text
  if (key === ' ' && isTextual(active)) return false;
  return log.isFocusNew(seq) || hasChanged(log, active, active, seq);
}

function isTextual(element: Element): boolean {
  return element.matches(
    'input:not([type=button],[type=submit],[type=reset],[type=image],[type=checkbox],[type=radio])',
  );
}
