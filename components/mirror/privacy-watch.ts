import { isSecretField, rememberPassword } from './fields.js';
import { PRIVACY_ATTRIBUTES, type CompiledPolicy, type Visibility } from './privacy.js';

/** What makes a field a secret one. */
const FIELD_ATTRIBUTES = ['type', 'autocomplete', 'name'];
/** Selectors that look further than at the element itself are asked again this long after a change. */
const LOOK_MILLISECONDS = 100;
/** Two sendings of the whole page for the sake of masks. */
const PAUSE_MILLISECONDS = 500;
const FEW = 1000;

/**
 * Tells when an element is to be masked or shown that was sent otherwise. What is sent from then on is right by itself:
 * this is about what the agent has already.
 */
export class PrivacyWatch {
  readonly #policy: CompiledPolicy;
  readonly #sendAgain: () => void;
  readonly #isInMirror: (element: Element) => boolean;
  // in a microtask of its own: what is new on the page has been sent by then
  readonly #observer = new MutationObserver((records) => {
    rememberPasswords(records);
    queueMicrotask(() => this.#onRecords(records));
  });
  /** Elements that said something when they were sent, and what. */
  readonly #sent = new Map<Element, Visibility>();
  #roots = new Set<Node>();
  #fewSent = FEW;
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #sentAt = -Infinity;

  constructor(policy: CompiledPolicy, isInMirror: (element: Element) => boolean, sendAgain: () => void) {
    this.#policy = policy;
    this.#isInMirror = isInMirror;
    this.#sendAgain = sendAgain;
  }

  /** The page is sent anew: all that is to be watched will be named again. */
  begin(): void {
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    rememberPasswords(this.#observer.takeRecords());
    this.#observer.disconnect();
    this.#sent.clear();
    this.#roots = new Set();
  }

  addRoot(root: Node): void {
    if (this.#roots.has(root)) return;
    this.#roots.add(root);
    const { stated } = this.#policy;
    const attributes = attributesIn(stated);
    this.#observer.observe(root, {
      subtree: true,
      childList: looksAround(stated),
      attributeOldValue: true,
      ...(attributes ? { attributeFilter: attributes } : { attributes: true }),
    });
  }

  /** @param own what the element itself said when it was sent */
  setSent(element: Element, own: Visibility | undefined): void {
    const visibility = stateOf(element, own);
    if (visibility) this.#sent.set(element, visibility);
    else this.#sent.delete(element);
    if (this.#sent.size > this.#fewSent) this.#sweep();
  }

  stop(): void {
    this.#observer.disconnect();
    clearTimeout(this.#lookTimer);
    clearTimeout(this.#sendTimer);
    this.#sent.clear();
    this.#roots.clear();
  }

  #onRecords(records: readonly MutationRecord[]): void {
    if (records.some(({ type, target }) => type === 'attributes' && this.#isOther(target as Element))) this.#ask();
    else if (looksFurther(this.#policy.stated))
      this.#lookTimer ??= setTimeout(() => this.#lookAll(), LOOK_MILLISECONDS);
  }

  #isOther(element: Element): boolean {
    if (!element.isConnected || !this.#isInMirror(element)) return false;
    return stateOf(element, this.#policy.ownVisibility(element)) !== this.#sent.get(element);
  }

  #lookAll(): void {
    this.#lookTimer = undefined;
    const { stated } = this.#policy;
    const isAnyOther = [...this.#roots].some((root) =>
      [...(root as ParentNode).querySelectorAll(stated)].some((element) => this.#isOther(element)),
    );
    if (isAnyOther || [...this.#sent.keys()].some((element) => this.#isOther(element))) this.#ask();
  }

  #ask(): void {
    if (this.#sendTimer !== undefined) return;
    const wait = this.#sentAt + PAUSE_MILLISECONDS - performance.now();
    const send = () => {
      this.#sentAt = performance.now();
      this.#sendAgain();
    };
    if (wait <= 0) send();
    else this.#sendTimer = setTimeout(send, wait);
  }

  #sweep(): void {
    for (const element of this.#sent.keys()) if (!element.isConnected) this.#sent.delete(element);
    this.#fewSent = this.#sent.size * 2 + FEW;
  }
}

function rememberPasswords(records: readonly MutationRecord[]): void {
  for (const { attributeName, oldValue, target } of records)
    if (attributeName === 'type' && oldValue?.toLowerCase() === 'password') rememberPassword(target as Element);
}

function stateOf(element: Element, own: Visibility | undefined): Visibility | undefined {
  return isSecretField(element) && (own === undefined || own === 'clear') ? 'masked' : own;
}

/** What of the page the selectors depend on; undefined for anything at all. */
function attributesIn(selectors: string): string[] | undefined {
  if (selectors.includes(':')) return undefined;
  const names = [...selectors.matchAll(/\[\s*([\w-]+)/g)].map(([, name]) => name!);
  if (/\.[^\d\s]/.test(selectors)) names.push('class');
  if (selectors.includes('#')) names.push('id');
  return [...new Set([...PRIVACY_ATTRIBUTES, ...FIELD_ATTRIBUTES, ...names])];
}

function looksAround(selectors: string): boolean {
  return /[:~+]/.test(selectors);
}

function looksFurther(selectors: string): boolean {
  return /[:~+>]|[^,\s]\s+[^,\s]/.test(selectors.trim());
}
