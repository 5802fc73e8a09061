import { isOwnElement, isOwnHost, OWN_BLOCKED } from './own-elements.js';

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
  /** The agent fills forms in, and the consumer submits them. Default false. */
  keepSubmit?: boolean;
  /** `strict` masks all text and all fields but what is unmasked. Default `standard`. */
  mode?: 'standard' | 'strict';
}

/** `ignored`: leaves nothing at all. `blocked`: leaves an empty box. */
export type Visibility = 'clear' | 'masked' | 'blocked' | 'ignored';

export interface CompiledPolicy {
  /** What holds where no element says anything: `masked` in strict mode. */
  readonly base: Visibility;
  /** All that is blocked or ignored, our own elements too. */
  readonly hidden: string;
  /** What may leave the page of this node, as its ancestors are now, through shadow roots and same-origin frames. */
  visibilityOf(node: Node): Visibility;
  /** The same for a node whose parent's answer is known. */
  visibilityIn(node: Node, parent: Visibility): Visibility;
  /** Whether the page keeps this very element, and what is in it, from the agent's mouse and keyboard. */
  isViewOnly(element: Element): boolean;
  readonly keepSubmit: boolean;
  /** The node that hands its visibility down to this one; null at the top. */
  outward(node: Node): Node | null;
}

/** Attributes that the page says the same with. A change of one of them on the page counts from the next epoch on. */
export const PRIVACY_ATTRIBUTES = [
  'data-cobrowse-mask',
  'data-cobrowse-block',
  'data-cobrowse-unmask',
  'data-cobrowse-ignore',
];

/** Compiles once; a selector that the browser doesn't take is left out, with a warning. */
export function compilePolicy(policy: PrivacyPolicy): CompiledPolicy {
  const base: Visibility = policy.mode === 'strict' ? 'masked' : 'clear';
  const ignore = join('[data-cobrowse-ignore],[data-cobrowse-host]', policy.ignore);
  const block = join('[data-cobrowse-block]', policy.block);
  const mask = join('[data-cobrowse-mask]', policy.mask);
  const unmask = join('[data-cobrowse-unmask]', policy.unmask);
  const viewOnly = join('[data-cobrowse-no-control]', policy.noControl);
  const any = [ignore, block, mask, unmask].join();

  const ownVisibility = (element: Element, parent: Visibility): Visibility => {
    if (isOwnElement(element) && element.localName !== 'cobrowse-session') {
      return isOwnHost(element) ? 'ignored' : 'blocked';
    }
    if (!element.matches(any)) return parent;
    if (element.matches(ignore)) return 'ignored';
    if (element.matches(block)) return 'blocked';
    return element.matches(mask) ? 'masked' : 'clear';
  };
  const visibilityIn = (node: Node, parent: Visibility): Visibility => {
    if (parent === 'ignored' || parent === 'blocked' || node.nodeType !== Node.ELEMENT_NODE) return parent;
    try {
      return ownVisibility(node as Element, parent);
    } catch {
      // a page that broke `matches` gets less shown, not more
      return 'blocked';
    }
  };
  const visibilityOf = (node: Node): Visibility => {
    const around = outward(node);
    return visibilityIn(node, around ? visibilityOf(around) : base);
  };
  return {
    base,
    hidden: [ignore, block, OWN_BLOCKED].join(),
    keepSubmit: policy.keepSubmit ?? false,
    visibilityOf,
    visibilityIn,
    isViewOnly: (element) => element.matches(viewOnly),
    outward,
  };
}

/** The node around this one: its parent, the host of its shadow root, or the frame (of this page) that shows its document. */
function outward(node: Node): Node | null {
  if (node.parentNode) return node.parentNode;
  if (node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return (node as ShadowRoot).host ?? null;
  if (node.nodeType !== Node.DOCUMENT_NODE || node === document) return null;
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
  if (selector.trim() === '') return false;
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    console.warn(`cobrowse-kit: privacy: "${selector}" is not a selector and was left out`);
    return false;
  }
}
