import type { CompiledPolicy } from './privacy.js';

/** Attributes that say to a person what the element's text or value says. */
const telling = new Set([
  'value',
  'placeholder',
  'title',
  'alt',
  'label',
  'content',
  'summary',
  'srcset',
  'src',
  'poster',
  'rr_dataURL',
  'href',
  'download',
  'abbr',
  'datetime',
  'name',
  'id',
]);
const always = /(^|\s)(cc-[a-z-]+|one-time-code|current-password|new-password)(\s|$)/;

/** Inputs that were passwords once stay so, also when the page shows their text. */
const passwords = new WeakSet<Element>();

/** Same number of characters, blanks kept: text wraps as before. */
export function maskText(text: string): string {
  return text.replace(/\S/gu, '•');
}

/** Whether an attribute of a masked element may not leave as it is. */
export function isTelling(name: string): boolean {
  return telling.has(name) || name.startsWith('aria-') || name.startsWith('data-');
}

/** Whether a field's value never leaves, whatever the policy says. */
export function isSecretField(element: Element): boolean {
  const { localName } = element;
  if (localName !== 'input' && localName !== 'textarea' && localName !== 'select') return false;
  const type = element.getAttribute('type')?.toLowerCase();
  if (type === 'password' || element.hasAttribute('data-rr-is-password')) passwords.add(element);
  return (
    type === 'hidden' ||
    passwords.has(element) ||
    always.test(element.getAttribute('autocomplete')?.toLowerCase() ?? '')
  );
}

/** Whether the value of a field has to be masked. */
export function isMaskedField(element: Element, policy: CompiledPolicy): boolean {
  return isSecretField(element) || policy.visibilityOf(element) !== 'clear';
}
