/** Fields that were passwords once: "show password" makes them text, and they stay secret. */
const passwords = new WeakSet<Element>();

const NAMES = /pass(?:word|wd|code|phrase)|one.?time|\botp\b|\bcv[cv]2?\b|\bcsc\b|card.?(?:number|num|no)\b/i;
const TOKENS = /(?:^|\s)(?:cc-[\w-]+|one-time-code|current-password|new-password)(?:\s|$)/i;

/**
 * Whether the element is a form field whose value is always masked: passwords, hidden ones, cards, one-time codes. Also a
 * custom element that says so by the same attributes.
 */
export function isSecretField(element: Element): boolean {
  const { localName } = element;
  const isInput = localName === 'input';
  const isCustom = localName.includes('-');
  if (!isInput && !isCustom && localName !== 'textarea' && localName !== 'select') return false;
  const type = isInput ? (element as HTMLInputElement).type : (element.getAttribute('type') ?? '').toLowerCase();
  if (type === 'password' || (isInput && isDotted(element as HTMLInputElement))) passwords.add(element);
  return (
    (type === 'hidden' && isInput) ||
    passwords.has(element) ||
    // left there by rrweb when a password's type is changed
    element.hasAttribute('data-rr-is-password') ||
    TOKENS.test(element.getAttribute('autocomplete') ?? '') ||
    (!isCustom && isTyped(type) && NAMES.test(`${element.getAttribute('name') ?? ''} ${element.id}`))
  );
}

/** It was a password for a moment, shorter than anybody could see. */
export function rememberPassword(element: Element): void {
  passwords.add(element);
}

/** Text that the page itself shows as dots. */
function isDotted(input: HTMLInputElement): boolean {
  const style = input.type === 'text' ? input.ownerDocument.defaultView?.getComputedStyle(input) : undefined;
  const security = style?.getPropertyValue('-webkit-text-security');
  return Boolean(security) && security !== 'none';
}

/** Fields whose value a person writes, as against buttons and boxes to tick. */
function isTyped(type: string): boolean {
  return type === '' || ['text', 'tel', 'number', 'search', 'email'].includes(type);
}

/** Boxes to tick: their value says nothing, whether they are ticked does. */
export function isTicked(element: Element): boolean {
  return element.localName === 'input' && /^(?:checkbox|radio)$/.test((element as HTMLInputElement).type);
}
