import { NODE, type Attributes, type AttributeValue, type SerializedNode } from './rrweb-events.js';

/** Deeper trees are cut: building one goes down by recursion. */
const DEPTH = 1000;

/** Tags that load a document or run something: a plain box with the same place in the layout stands for them. */
const REPLACED = /^(?:object|embed|applet|frame|frameset|portal|fencedframe|webview)$/;
const KEPT_OF_REPLACED = /^(?:class|id|style|width|height)$/;
/** Tags of which only the node stays. */
const EMPTIED = /^(?:script|noscript|meta|base|template)$/;
const SMIL = /^(?:animate|animatemotion|animatetransform|set)$/i;

/** Attributes that navigate, load code, take focus or change what the frame may do. */
const DROPPED =
  /^(?:on|srcdoc$|action$|formaction$|ping$|target$|download$|autofocus$|autoplay$|sandbox$|allow|content$|csp$|nonce$|integrity$|http-equiv$|is$|manifest$|popovertarget|command|form$|__proto__$|rr_src$|rr_scroll)/i;
/** Tags whose `name` is a property of their document, before the document's own of that name. */
const NAMED = /^(?:img|image|form|embed|object)$/;
const NAME = /^[a-z_][\w:.-]*$/i;
const LINKS = /^(?:href|xlink:href|cite)$/i;
const SOURCES = /^(?:src|poster|background|data|lowsrc|rr_dataURL)$/i;

/** Characters that a browser leaves out of an address before it reads the scheme. */
// eslint-disable-next-line no-control-regex
const IGNORED = /[\u0000-\u0020\u007f-\u00a0]/g;

export interface ScrollPlace {
  id: number;
  x: number;
  y: number;
}

/** Where the elements of a cleaned tree are scrolled to. */
export type ScrollPlaces = ScrollPlace[];

/** A serialized tree as it may be built, or null. What is left out takes its children with it. */
export function cleanTree(value: unknown, scrolls: ScrollPlaces, depth = 0): SerializedNode | null {
  const node = value as Partial<SerializedNode> | null;
  if (typeof node !== 'object' || node === null || !isId(node.id) || depth > DEPTH) return null;
  // building a document opens the frame anew
  if (node.type === NODE.document && depth > 0) return null;
  const common = {
    id: node.id,
    ...(isId(node.rootId) ? { rootId: node.rootId } : {}),
    ...(node.isShadow === true ? { isShadow: true } : {}),
  };
  switch (node.type) {
    case NODE.document:
      return {
        ...common,
        type: NODE.document,
        childNodes: cleanChildren(node.childNodes, scrolls, depth),
        ...(node.compatMode === 'BackCompat' ? { compatMode: 'BackCompat' } : {}),
      };
    case NODE.doctype:
      return {
        ...common,
        type: NODE.doctype,
        name: 'html',
        publicId: text(node.publicId),
        systemId: text(node.systemId),
      };
    case NODE.element:
      return cleanElement(node, common, scrolls, depth);
    case NODE.text:
      return { ...common, type: NODE.text, textContent: text(node.textContent) };
    case NODE.comment:
    case NODE.cdata:
      return { ...common, type: NODE.comment, textContent: '' };
    default:
      return null;
  }
}

function cleanChildren(value: unknown, scrolls: ScrollPlaces, depth: number): SerializedNode[] {
  if (!Array.isArray(value)) return [];
  return value.map((child) => cleanTree(child, scrolls, depth + 1)).filter((child) => child !== null);
}

function cleanElement(
  node: Partial<SerializedNode>,
  common: Pick<SerializedNode, 'id' | 'rootId' | 'isShadow'>,
  scrolls: ScrollPlaces,
  depth: number,
): SerializedNode | null {
  const given = text(node.tagName);
  // rrweb looks tags up in a plain object
  if (!NAME.test(given) || given in Object.prototype) return null;
  const isReplaced = REPLACED.test(given.toLowerCase());
  const tagName = isReplaced ? 'div' : given;
  const attributes = cleanAttributes(node.attributes, given);
  noteScroll(node.attributes, common.id, scrolls);
  const isEmptied = isReplaced || EMPTIED.test(given.toLowerCase());
  return {
    ...common,
    type: NODE.element,
    tagName,
    attributes,
    childNodes: isEmptied ? [] : cleanChildren(node.childNodes, scrolls, depth),
    ...(node.isSVG === true && !isReplaced ? { isSVG: true as const } : {}),
    ...(node.isShadowHost === true && !isEmptied ? { isShadowHost: true } : {}),
    ...(node.isCustom === true && /^[a-z][a-z0-9]*-[\w.-]*$/.test(tagName) ? { isCustom: true as const } : {}),
  };
}

function noteScroll(attributes: unknown, id: number, scrolls: ScrollPlaces): void {
  const { rr_scrollLeft: x, rr_scrollTop: y } = (attributes ?? {}) as Record<string, unknown>;
  if (isFinite(x) || isFinite(y)) scrolls.push({ id, x: isFinite(x) ? x : 0, y: isFinite(y) ? y : 0 });
}

/** Attributes of an element, all of them or the changed ones: those that can do nothing but show. */
export function cleanAttributes(value: unknown, tagName: string): Attributes {
  const clean: Attributes = {};
  if (typeof value !== 'object' || value === null) return clean;
  const tag = tagName.toLowerCase();
  if (EMPTIED.test(tag)) return clean;
  const attributes = value as Record<string, unknown>;
  if (tag === 'link' && !isStylesheet(attributes)) return clean;
  if (SMIL.test(tag) && /href|^on/i.test(text(attributes.attributeName))) return clean;
  for (const name of Object.keys(attributes)) {
    if (REPLACED.test(tag) && !KEPT_OF_REPLACED.test(name)) continue;
    const attribute = cleanAttribute(name, attributes[name], tag);
    if (attribute !== undefined) clean[name] = attribute;
  }
  return clean;
}

function isStylesheet(attributes: Record<string, unknown>): boolean {
  // a browser folds the case of names
  const names = Object.keys(attributes).filter((name) => /^rel$/i.test(name));
  return names.every((name) => /^\s*(?:alternate\s+)?stylesheet\s*$/i.test(text(attributes[name])));
}

function cleanAttribute(name: string, value: unknown, tag: string): AttributeValue | undefined {
  if (!NAME.test(name) || DROPPED.test(name)) return undefined;
  if (tag === 'iframe' && /^(?:src|name|loading)$/i.test(name)) return undefined;
  if (NAMED.test(tag) && /^name$/i.test(name) && text(value) in Document.prototype) return undefined;
  if (value === null || typeof value === 'boolean' || isFinite(value)) return value;
  if (name === 'style' && typeof value === 'object') return cleanStyle(value);
  if (typeof value !== 'string') return undefined;
  if (LINKS.test(name)) return isLink(value, tag) ? value : undefined;
  if (SOURCES.test(name)) return isSource(value) ? value : undefined;
  // a change of what SMIL animates: nothing that could become an address
  if (SMIL.test(tag) && /^attributename$/i.test(name) && /href|^on/i.test(value)) return undefined;
  return SMIL.test(tag) && /script:|^data:/i.test(value.replace(IGNORED, '')) ? undefined : value;
}

/** The changed properties of a `style` attribute: `false` removes one, a pair has a priority. */
function cleanStyle(value: object): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(value) as [string, unknown][]) {
    const isPair = Array.isArray(rule) && rule.length === 2 && rule.every((part) => typeof part === 'string');
    if (/^-{0,2}[\w-]+$/.test(name) && name !== '__proto__' && (rule === false || typeof rule === 'string' || isPair)) {
      clean[name] = rule;
    }
  }
  return clean;
}

function isLink(value: string, tag: string): boolean {
  const address = value.replace(IGNORED, '');
  if (address.startsWith('#')) return true;
  if (tag === 'image' || tag === 'feimage') return isSource(value);
  if (tag === 'use') return /^https?:/i.test(address);
  return /^(?:https?|mailto|tel|sms):/i.test(address);
}

/** What may be loaded as a picture or medium. Addresses are absolute when a recorder sends them. */
function isSource(value: string): boolean {
  const address = value.replace(IGNORED, '');
  return /^(?:https?:|blob:|data:(?:image|video|audio|font)\/)/i.test(address);
}

/** Mirror ids are positive whole numbers. */
export function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

export function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
