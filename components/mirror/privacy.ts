import { shownAddress } from './addresses.js';
import { isOwnElement, isOwnHost, OWN_BLOCKED } from './own-elements.js';
import type { PagePolicy, policyAt, PrivacyRule } from './privacy-rules.js';

type Selectors = string | readonly string[];
export type Treatment = 'mask' | 'block' | 'unmask' | 'ignore';

/** What never leaves the page, beside what never does anyway. Lists are of CSS selectors. */
export interface PrivacyPolicy {
  /** Shown as blocks of the same size. */
  mask?: Selectors;
  /** Nothing of it is sent; an empty box of the same size stays. */
  block?: Selectors;
  /** Exceptions inside what is masked. */
  unmask?: Selectors;
  /** Nothing of it is sent, and no box stays. */
  ignore?: Selectors;
  /** Seen, not operated by the agent. */
  noControl?: Selectors;
  /** The agent fills forms in, and the consumer submits them. Default false. */
  keepSubmit?: boolean;
  /** `strict` masks all text and all fields but what is unmasked. Default `standard`. */
  mode?: 'standard' | 'strict';
  /**
   * Says of an element what shall be done with it; undefined leaves it to the rest. Asked often: it must be quick. An
   * element of which it throws is blocked. What it says counts from the next change of the element on; `privacy` set anew
   * sends the whole page again.
   */
  classify?: (element: Element) => Treatment | undefined;
  /** How much of addresses is told, of the page's and of links: default `path`, in strict mode `origin`. */
  url?: 'full' | 'path' | 'origin';
  /** What holds on some pages only. */
  rules?: readonly PrivacyRule[];
}

/** `ignored`: leaves nothing at all. `blocked`: leaves an empty box. */
export type Visibility = 'clear' | 'masked' | 'blocked' | 'ignored';

export interface CompiledPolicy {
  /** What holds where no element says anything: `masked` in strict mode, `blocked` where nothing is sent. */
  readonly base: Visibility;
  /** For rrweb: what is hidden whatever the policy, our own elements too. */
  readonly hidden: string;
  /** All that says something of its own, by selector. */
  readonly stated: string;
  /** Whether `classify` is asked too. */
  readonly isAsked: boolean;
  readonly url: 'full' | 'path' | 'origin';
  readonly keepSubmit: boolean;
  /** What may leave the page of this node, as its ancestors are now, through shadow roots and same-origin frames. */
  visibilityOf(node: Node): Visibility;
  /** The same for a node whose parent's answer is known. */
  visibilityIn(node: Node, parent: Visibility): Visibility;
  /** What the very element says, undefined for nothing. */
  ownVisibility(element: Element): Visibility | undefined;
  /** Whether the page keeps this very element, and what is in it, from the agent's mouse and keyboard. */
  isViewOnly(element: Element): boolean;
  /** The node that hands its visibility down to this one; null at the top. */
  outward(node: Node): Node | null;
  /** An address as the agent may read it. */
  shownAddress(address: string): string;
  /** Another policy in the place of this one. @param reader as with `compilePolicy` */
  replace(policy: PrivacyPolicy, reader?: RuleReader): void;
  /** Follows the page's address. @returns whether other rules hold than before. */
  followAddress(): boolean;
}

/** Attributes that the page says the same with. */
export const PRIVACY_ATTRIBUTES = [
  'data-cobrowse-mask',
  'data-cobrowse-block',
  'data-cobrowse-unmask',
  'data-cobrowse-ignore',
];

const IGNORED = '[data-cobrowse-ignore],[data-cobrowse-host]';
const BLOCKED = '[data-cobrowse-block]';
const TREATMENTS: Record<Treatment, Visibility> = {
  ignore: 'ignored',
  block: 'blocked',
  mask: 'masked',
  unmask: 'clear',
};

/** What reads rules for addresses: loaded where a page has some. */
export type RuleReader = typeof policyAt;

/**
 * Compiles once; a selector that the browser doesn't take is left out, with a warning.
 * @param reader needed for `rules`: without it nothing of a page that has some may leave
 */
export function compilePolicy(policy: PrivacyPolicy, reader?: RuleReader): CompiledPolicy {
  return new Policy(policy, reader);
}

class Policy implements CompiledPolicy {
  readonly hidden = [IGNORED, BLOCKED, OWN_BLOCKED].join();
  readonly outward = outward;
  base: Visibility = 'blocked';
  url: CompiledPolicy['url'] = 'origin';
  stated = '';
  keepSubmit = false;
  /** In the order in which they count. */
  #selectors!: readonly (readonly [Visibility, string])[];
  #viewOnly = '';
  #classify: PrivacyPolicy['classify'];
  #policy!: PrivacyPolicy;
  #reader: RuleReader | undefined;
  #address = '';
  #compiled = '';

  constructor(policy: PrivacyPolicy, reader: RuleReader | undefined) {
    this.replace(policy, reader);
  }

  get isAsked(): boolean {
    return this.#classify !== undefined;
  }

  shownAddress(address: string): string {
    return shownAddress(address, this.url);
  }

  replace(policy: PrivacyPolicy, reader = this.#reader): void {
    this.#policy = policy;
    this.#reader = reader;
    this.#address = this.#compiled = '';
    this.followAddress();
  }

  followAddress(): boolean {
    const { href } = location;
    if (href === this.#address) return false;
    this.#address = href;
    const now = this.#at(href);
    const compiled = JSON.stringify(now);
    if (compiled === this.#compiled && now.classify === this.#classify) return false;
    this.#compiled = compiled;
    this.#compile(now);
    return true;
  }

  #at(address: string): PagePolicy {
    if (!this.#policy.rules?.length) return this.#policy;
    return this.#reader?.(this.#policy, address) ?? { ...this.#policy, pause: true };
  }

  visibilityOf(node: Node): Visibility {
    const around = outward(node);
    return this.visibilityIn(node, around ? this.visibilityOf(around) : this.base);
  }

  visibilityIn(node: Node, parent: Visibility): Visibility {
    if (parent === 'ignored' || parent === 'blocked' || node.nodeType !== Node.ELEMENT_NODE) return parent;
    return this.ownVisibility(node as Element) ?? parent;
  }

  ownVisibility(element: Element): Visibility | undefined {
    try {
      if (isOwnElement(element) && element.localName !== 'cobrowse-session') {
        return isOwnHost(element) ? 'ignored' : 'blocked';
      }
      const asked = this.#classify?.(element);
      if (!asked && !element.matches(this.stated)) return undefined;
      const said = asked && TREATMENTS[asked];
      return this.#selectors.find(([visibility, selector]) => visibility === said || element.matches(selector))?.[0];
    } catch {
      // a page that broke `matches`, or a function that throws, gets less shown, not more
      return 'blocked';
    }
  }

  isViewOnly(element: Element): boolean {
    return element.matches(this.#viewOnly);
  }

  #compile({ mode, pause, url, classify, ...lists }: PagePolicy): void {
    const isStrict = mode === 'strict';
    this.base = pause ? 'blocked' : isStrict ? 'masked' : 'clear';
    this.url = pause ? 'origin' : (url ?? (isStrict ? 'origin' : 'path'));
    this.keepSubmit = lists.keepSubmit ?? false;
    this.#classify = classify;
    this.#viewOnly = join('[data-cobrowse-no-control]', lists.noControl);
    this.#selectors = [
      ['ignored', join(IGNORED, lists.ignore)],
      ['blocked', join(BLOCKED, lists.block)],
      ['masked', join('[data-cobrowse-mask]', lists.mask)],
      ['clear', join('[data-cobrowse-unmask]', lists.unmask)],
    ];
    this.stated = this.#selectors.map(([, selector]) => selector).join();
  }
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

function join(always: string, more: Selectors | undefined): string {
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
