import { withoutSecrets, withoutSecretsInCss } from './addresses.js';
import { isSecretField, isTicked } from './fields.js';
import { maskField, maskSecret, maskText } from './mask.js';
import { silentStyle, wordlessCss } from './outgoing-styles.js';
import type { CompiledPolicy, Visibility } from './privacy.js';
import type { AttributeValue, Attributes } from './rrweb-events.js';

/** Never needed in the mirror, and never sent. `srcdoc` would carry a frame's text past every mask. */
const DROPPED = /^(?:on|nonce$|srcdoc$|integrity$|action$|formaction$|ping$|autofocus$|rr_src$|data-rr-is-password$)/i;
const ADDRESSES = /^(?:(?:xlink:)?href|src|srcset|imagesrcset|poster|data|background|cite|longdesc)$/;
const LINKS = /^(?:a|area)$/;
const STATE = /^(?:value|checked|selected)$/;

/** What may be sent of a masked element, by what its value may be: nothing that says anything. */
const KEPT_WHEN_MASKED: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:hidden|disabled|readonly|required|open|multiple|inert|reversed|nowrap|data-cobrowse-[\w-]+)$/, /^$/],
  [/^(?:width|height|rows|cols|size|span|colspan|rowspan|border|cellpadding|cellspacing)$/, /^[\d.]{1,7}(?:px|%)?$/],
  [/^(?:popover)$/, /^(?:auto|manual|hint)?$/],
  [/^(?:type|role|dir|wrap|rel|align|valign|slot|part|exportparts|is|rr_open_mode)$/, /^[a-z][a-z\s:,/_-]{0,60}$/i],
  [/^media$/, /^[\w\s():,.<>=/-]{0,200}$/],
  // what script sets to have a style by it
  [
    /^(?:aria-(?:expanded|hidden|disabled|busy|modal|orientation|haspopup)|data-(?:state|orientation|side|align))$/,
    /^(?:true|false|open|closed|active|inactive|visible|hidden|horizontal|vertical|top|right|bottom|left|start|center|end|menu|listbox|dialog|grid|tree)$/,
  ],
];
/** What is sent of them is said in `maskAttribute`. */
const SPECIAL = /^(?:style|_cssText|href|id|class|placeholder|label)$/;
const PLAIN_ROOTS = /^(?:html|body)$/;
/** A theme's switches on the root. */
const THEMES =
  /^(?:lang|color|(?:data-(?:[\w-]+-)?)(?:theme|mode|scheme|palette|contrast|density|layout|skin|platform))$/;
/** Names of styles, as against data that was made one. */
const NOT_A_NAME = /@|\d{6,}/;

/** Cleans the attributes of an element, all of them or the changed ones, in place. */
export function cleanAttributes(
  attributes: Attributes,
  element: Element,
  visibility: Visibility,
  policy: Pick<CompiledPolicy, 'shownAddress'>,
): void {
  const { localName } = element;
  if (isEmptied(localName, element)) {
    for (const name of Object.keys(attributes)) drop(attributes, name);
    return;
  }
  const isSecret = isSecretState(element);
  const isMasked = visibility === 'masked' || (isSecret && localName !== 'option');
  for (const name of Object.keys(attributes)) {
    if (DROPPED.test(name) || (localName === 'iframe' && /^(?:src|name)$/.test(name))) drop(attributes, name);
    else if (isMasked) maskAttribute(attributes, name, element);
    else cleanValue(attributes, name, element, policy);
  }
  if (visibility === 'masked' || isSecret) cleanState(attributes, element);
  else if (isFile(element)) drop(attributes, 'value');
}

/** Elements of which only the node stays: code, and our own provider with its token. */
function isEmptied(localName: string, element: Element): boolean {
  if (localName === 'link') return !/\bstylesheet\b/i.test(element.getAttribute('rel') ?? '');
  return /^(?:script|meta|base|cobrowse-session)$/.test(localName);
}

/** Every name that isn't known is dropped: it may be one that data gave. */
function maskAttribute(attributes: Attributes, name: string, element: Element): void {
  const value = attributes[name] ?? null;
  if (STATE.test(name) || /^rr_scroll(?:Top|Left)$/.test(name)) return;
  const isRoot = PLAIN_ROOTS.test(element.localName) && THEMES.test(name);
  const kept = KEPT_WHEN_MASKED.find(([names]) => names.test(name))?.[1];
  if (!kept && !isRoot && !SPECIAL.test(name)) drop(attributes, name);
  else if (name === 'style') attributes[name] = silentStyle(value, element);
  else if (value === null) return;
  else if (kept) keepKnown(attributes, name, textOf(value), kept);
  else keepSpecial(attributes, name, textOf(value), element);
}

/** `true` is how rrweb writes that it is there. */
function textOf(value: AttributeValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function keepSpecial(attributes: Attributes, name: string, value: string, element: Element): void {
  if (name === '_cssText') attributes[name] = wordlessCss(clearCss(value, element));
  else if (name === 'placeholder') attributes[name] = maskField(value);
  else if (name === 'label') attributes[name] = maskText(value, element);
  else if (name !== 'href') keepNames(attributes, name, value);
  else if (element.localName === 'link') attributes.href = withoutSecrets(value);
  else drop(attributes, 'href');
}

function keepKnown(attributes: Attributes, name: string, value: string, known: RegExp): void {
  if (known.test(value)) attributes[name] = value;
  // there or not there is all that counts
  else if (known.test('')) attributes[name] = '';
  else drop(attributes, name);
}

function keepNames(attributes: Attributes, name: string, value: string): void {
  attributes[name] = NOT_A_NAME.test(value)
    ? value
        .split(/\s+/)
        .filter((one) => !NOT_A_NAME.test(one))
        .join(' ')
    : value;
}

function clearCss(css: string, { ownerDocument }: Element): string {
  return withoutSecretsInCss(css, ownerDocument.URL);
}

/** Of an element that is shown: addresses without what they'd open. */
function cleanValue(
  attributes: Attributes,
  name: string,
  element: Element,
  policy: Pick<CompiledPolicy, 'shownAddress'>,
): void {
  const value = attributes[name];
  if (typeof value !== 'string') return;
  if (name === '_cssText' || name === 'style') attributes[name] = clearCss(value, element);
  else if (name === 'cite' || (LINKS.test(element.localName) && name.endsWith('href')))
    attributes[name] = policy.shownAddress(value);
  else if (ADDRESSES.test(name)) attributes[name] = withoutSecrets(value);
}

function isSecretState(element: Element): boolean {
  if (element.localName !== 'option' && element.localName !== 'optgroup') return isSecretField(element);
  const select = element.closest('select');
  return select !== null && isSecretField(select);
}

/** What a field holds: value, ticks, choice. */
function cleanState(attributes: Attributes, element: Element): void {
  drop(attributes, 'checked');
  drop(attributes, 'selected');
  const { value } = attributes;
  if (typeof value !== 'string') return;
  const { localName } = element;
  if (isSecretField(element) && /^(?:input|textarea)$/.test(localName) && !isHidden(element)) {
    attributes.value = maskSecret(value);
  } else if (/^(?:input|textarea)$/.test(localName) && !isTicked(element) && !isHidden(element)) {
    attributes.value = isButton(element) ? maskText(value, element) : maskField(value);
  } else drop(attributes, 'value');
}

function isHidden(element: Element): boolean {
  return element.localName === 'input' && /^(?:hidden|file)$/.test((element as HTMLInputElement).type);
}

function isFile(element: Element): boolean {
  return element.localName === 'input' && (element as HTMLInputElement).type === 'file';
}

/** Their value is their label, and makes their box. */
function isButton(element: Element): boolean {
  return element.localName === 'input' && /^(?:button|submit|reset)$/.test((element as HTMLInputElement).type);
}

/** What is sent of a field when it is typed in, or undefined for nothing. */
export function cleanInput(text: string, element: Element, visibility: Visibility): string | undefined {
  if (isFile(element)) return undefined;
  const secret = isSecretField(element);
  if (!secret && visibility === 'clear') return text;
  if (isTicked(element) || element.localName === 'select' || isHidden(element)) return undefined;
  return secret ? maskSecret(text) : maskField(text);
}

function drop(attributes: Attributes, name: string): void {
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete attributes[name];
}
