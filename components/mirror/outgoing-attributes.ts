import { isSecretField, isTicked } from './fields.js';
import { maskSecret, maskText } from './mask.js';
import type { Visibility } from './privacy.js';
import type { Attributes } from './rrweb-events.js';

/** Never needed in the mirror, and never sent. `srcdoc` would carry a frame's text past every mask. */
const DROPPED = /^(?:on|nonce$|srcdoc$|integrity$|action$|formaction$|ping$|autofocus$|rr_src$)/i;

/** What may be sent of a masked element: nothing that says anything. */
const KEPT_WHEN_MASKED =
  /^(?:class|id|style|type|width|height|role|dir|hidden|disabled|readonly|required|open|rows|cols|size|wrap|multiple|colspan|rowspan|span|rel|media|_cssText|rr_(?:scrollTop|scrollLeft|open_mode)|data-cobrowse-[\w-]+)$/;
/** What is sent of it in blocks. */
const MASKED = /^(?:placeholder|label)$/;

const PLAIN_ROOTS = /^(?:html|body)$/;

/** Cleans the attributes of an element, all of them or the changed ones, in place. */
export function cleanAttributes(attributes: Attributes, element: Element, visibility: Visibility): void {
  const { localName } = element;
  if (isEmptied(localName, element)) {
    for (const name of Object.keys(attributes)) drop(attributes, name);
    return;
  }
  const masked = visibility === 'masked';
  for (const name of Object.keys(attributes)) {
    if (DROPPED.test(name) || (localName === 'iframe' && /^(?:src|name)$/.test(name))) drop(attributes, name);
    else if (masked) maskAttribute(attributes, name, element);
  }
  if (masked || isSecret(element)) cleanState(attributes, element, masked);
}

/** Elements of which only the node stays: code, and our own provider with its token. */
function isEmptied(localName: string, element: Element): boolean {
  if (localName === 'link') return !/\bstylesheet\b/i.test(element.getAttribute('rel') ?? '');
  return /^(?:script|meta|base|cobrowse-session)$/.test(localName);
}

function maskAttribute(attributes: Attributes, name: string, element: Element): void {
  if (KEPT_WHEN_MASKED.test(name) || /^(?:value|checked|selected)$/.test(name)) return;
  // a theme's switches on the root
  if (PLAIN_ROOTS.test(element.localName) && /^(?:data-|lang$)/.test(name)) return;
  const value = attributes[name];
  if (MASKED.test(name) && typeof value === 'string') attributes[name] = maskText(value, element);
  else if (!(element.localName === 'link' && name === 'href')) drop(attributes, name);
}

function isSecret(element: Element): boolean {
  if (element.localName !== 'option') return isSecretField(element);
  const select = element.closest('select');
  return select !== null && isSecretField(select);
}

/** What a field holds: value, ticks, choice. */
function cleanState(attributes: Attributes, element: Element, masked: boolean): void {
  drop(attributes, 'checked');
  drop(attributes, 'selected');
  const { value } = attributes;
  if (typeof value !== 'string') return;
  const { localName } = element;
  if (isSecretField(element) && localName !== 'select' && !isHidden(element)) attributes.value = maskSecret(value);
  else if (masked && /^(?:input|textarea)$/.test(localName) && !isTicked(element) && !isHidden(element)) {
    attributes.value = maskText(value, element);
  } else drop(attributes, 'value');
}

function isHidden(element: Element): boolean {
  return element.localName === 'input' && (element as HTMLInputElement).type === 'hidden';
}

/** What is sent of a field when it is typed in, or undefined for nothing. */
export function cleanInput(text: string, element: Element, visibility: Visibility): string | undefined {
  const secret = isSecretField(element);
  if (!secret && visibility === 'clear') return text;
  if (isTicked(element) || element.localName === 'select' || isHidden(element)) return undefined;
  return secret ? maskSecret(text) : maskText(text, element);
}

function drop(attributes: Attributes, name: string): void {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete attributes[name];
}
