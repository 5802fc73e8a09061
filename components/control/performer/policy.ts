import type { ConsumerTask, RefusalCode } from '../../../protocol/index.js';
import { isSecretField } from '../../mirror/fields.js';
import { isOwnElement } from '../../mirror/own-elements.js';
import type { CompiledPolicy, Visibility } from '../../mirror/privacy.js';
import { closestFlat, flatParent, frameElement } from '../engine/dom.js';
import { isSubmit } from '../engine/reach.js';
import type { Act } from '../engine/types.js';

/** Addresses that do nothing: old pages make buttons of them. */
const EMPTY_SCRIPT = /^\s*javascript:\s*(?:void\s*\(?\s*0\s*\)?)?\s*;?\s*$/i;

export type Verdict = (element: Element, act: Act) => RefusalCode | null;

/**
 * Why the agent may not do something to an element, as the page is now. What is masked can't be pressed, typed into or
 * copied; the focus may pass over it. What is blocked, and what is ours, can't be reached at all.
 * @param isKey Whether the primitive that is being performed is a key: Enter in a form without a button asks for the form.
 */
export function createVerdict(policy: CompiledPolicy, isKey: () => boolean): Verdict {
  return (element, act) => {
    try {
      return decide(policy, element, act, isKey);
    } catch {
      // a page that broke `matches` is operated less, not more
      return 'blocked';
    }
  };
}

function decide(policy: CompiledPolicy, element: Element, act: Act, isKey: () => boolean): RefusalCode | null {
  const around = pathOf(element);
  if (around.some(isOurs)) return 'blocked';
  const visibility = visibilityOf(policy, element, around);
  if (visibility === 'blocked') return 'blocked';
  if (act === 'focus') return null;
  if (visibility === 'masked' || around.some(isSecretField)) return 'masked';
  if (act === 'copy') return null;
  if (around.some((one) => policy.isViewOnly(one))) return 'no-control';
  if (isFile(element)) return 'needs-consumer';
  if (act === 'press' && runsScript(element)) return 'blocked';
  return act === 'press' && policy.keepSubmit && submits(element, isKey) ? 'needs-consumer' : null;
}

/** What the consumer has to do where the verdict is `needs-consumer`. */
export function taskOf(element: Element | undefined): ConsumerTask {
  if (!element) return 'other';
  if (isFile(element)) return 'file';
  return element.localName === 'form' || submitOf(element) ? 'submit' : 'other';
}

/** The element as it is drawn, and all around it, out of frames too. */
export function pathOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let one: Element | null = element; one; one = outwards(one)) path.push(one);
  return path;
}

/** The element that contains this one as it is drawn: at the top of a frame, the frame. */
export function outwards(element: Element): Element | null {
  return flatParent(element) ?? (element.ownerDocument === document ? null : frameElement(element.ownerDocument));
}

/** Our own interface. The session's tag may be around the whole page. */
export function isOurs(element: Element): boolean {
  return isOwnElement(element) && element.localName !== 'cobrowse-session';
}

/** As its place in the document has it, and as its place in the shadow trees that draw it has it: the stricter counts. */
function visibilityOf(policy: CompiledPolicy, element: Element, around: readonly Element[]): Visibility {
  const slots = around.filter(({ localName }) => localName === 'slot');
  const found = [element, ...slots].map((one) => policy.visibilityOf(one));
  if (found.some((one) => one === 'blocked' || one === 'ignored')) return 'blocked';
  return found.includes('masked') ? 'masked' : 'clear';
}

function isFile(element: Element): boolean {
  return element.localName === 'input' && (element as HTMLInputElement).type === 'file';
}

function runsScript(element: Element): boolean {
  const link = closestFlat(element, 'a, area');
  const address = link?.getAttribute('href') ?? link?.getAttribute('xlink:href') ?? '';
  if (EMPTY_SCRIPT.test(address)) return false;
  // the browser's own reading: it drops line breaks and the like
  return (link as HTMLAnchorElement | null)?.protocol === 'javascript:' || /^\s*javascript:/i.test(address);
}

function submits(element: Element, isKey: () => boolean): boolean {
  return element.localName === 'form' ? isKey() : submitOf(element) !== null;
}

function submitOf(element: Element): Element | null {
  const button = closestFlat(element, 'button, input') as HTMLButtonElement | null;
  return button?.form && isSubmit(button) ? button : null;
}
