import { isOwnElement, isOwnHost } from './own-elements.js';

/** What never leaves the page, beside what never does anyway. Values are CSS selectors. */
export interface PrivacyPolicy {
  /** Shown as blocks of the same size. */
  mask?: string | readonly string[];
  /** Nothing of it is sent; an empty box of the same size stays. */
  block?: string | readonly string[];
  /** Exceptions inside what is masked. */
  unmask?: string | readonly string[];
  /** Nothing of it is sent, and no box stays. */
  ignore?: string | readonly string[];
  /** Seen, not operated by the agent. */
  noControl?: string | readonly string[];
  /** `strict` masks all text and all fields but what is unmasked. Default `standard`. */
  mode?: 'standard' | 'strict';
}

/** `ignored`: leaves nothing at all. `blocked`: leaves an empty box. */
export type Visibility = 'clear' | 'masked' | 'blocked' | 'ignored';

export interface CompiledPolicy {
  readonly strict: boolean;
  /** What may leave the page of this node, as its ancestors are now, through shadow roots and same-origin frames. */
  visibilityOf(node: Node): Visibility;
  /** The same for a node whose parent's answer is known. */
  visibilityIn(node: Node, parent: Visibility): Visibility;
}

const MASK = '[data-cobrowse-mask]';
const BLOCK = '[data-cobrowse-block]';
const UNMASK = '[data-cobrowse-unmask]';
const IGNORE = '[data-cobrowse-ignore]';

/** Compiles once; a selector that the browser doesn't take is left out, with a warning. */
export function compilePolicy(policy: PrivacyPolicy): CompiledPolicy {
  const strict = policy.mode === 'strict';
  const ignore = join(IGNORE, policy.ignore);
  const block = join(BLOCK, policy.block);
  const mask = join(MASK, policy.mask);
  const unmask = join(UNMASK, policy.unmask);
  const any = [ignore, block, mask, unmask].join();

  const ownOf = (element: Element): Visibility | 'unmasked' | undefined => {
    if (isOwnElement(element))
      return isOwnHost(element) ? 'ignored' : element.localName === 'cobrowse-session' ? undefined : 'blocked';
    if (!element.matches(any)) return undefined;
    if (element.matches(ignore)) return 'ignored';
    if (element.matches(block)) return 'blocked';
    return element.matches(mask) ? 'masked' : 'unmasked';
  };
  const visibilityIn = (node: Node, parent: Visibility): Visibility => {
    if (parent === 'ignored' || parent === 'blocked' || node.nodeType !== Node.ELEMENT_NODE) return parent;
    try {
      const own = ownOf(node as Element);
      return own === 'unmasked' ? 'clear' : (own ?? parent);
    } catch {
      return 'blocked';
    }
  };
  const visibilityOf = (node: Node): Visibility => {
    const path: Node[] = [];
    for (let current: Node | null = node; current; current = outward(current)) path.push(current);
    return path.reduceRight<Visibility>(
      (parent, current) => visibilityIn(current, parent),
      strict ? 'masked' : 'clear',
    );
  };
  return { strict, visibilityOf, visibilityIn };
}

/** The node around this one: its parent, the host of its shadow root, or the frame that shows its document. */
export function outward(node: Node): Node | null {
  if (node.parentNode) return node.parentNode;
  if (node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return (node as ShadowRoot).host ?? null;
  if (node.nodeType !== Node.DOCUMENT_NODE) return null;
  try {
    return (node as Document).defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

function join(always: string, more: string | readonly string[] | undefined): string {
  const list = typeof more === 'string' ? [more] : (more ?? []);
  return [always, ...list.filter(isSelector)].join();
}

function isSelector(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return selector.trim() !== '';
  } catch {
    console.warn(`cobrowse-kit: privacy: "${selector}" is not a selector and was left out`);
    return false;
  }
}
