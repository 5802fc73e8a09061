import {
  EVENT,
  NODE,
  SOURCE,
  type AttributeValue,
  type MirrorEvent,
  type MirrorNode,
  type MutationData,
} from './event-types.js';

/**
 * What comes in is not trusted: nothing of it may run, navigate, submit or take the focus. The frame's sandbox runs no
 * script either; this is the second lock.
 */
const emptied = new Set(['script', 'base', 'noscript', 'template']);
const plain = new Set(['object', 'embed', 'applet', 'portal', 'fencedframe']);
const animations = new Set(['animate', 'set', 'animatetransform', 'animatemotion', 'discard']);
const dropped = new Set([
  'srcdoc',
  'http-equiv',
  'action',
  'formaction',
  'ping',
  'autofocus',
  'manifest',
  'codebase',
  'download',
  'target',
  'autoplay',
  'nonce',
  'is',
]);
const addresses = new Set(['href', 'xlink:href', 'src', 'poster', 'data', 'background', 'rr_src', 'cite', 'longdesc']);
const knownSources = new Set<number>(Object.values(SOURCE));

/** The event, cleaned in place, or undefined when it is none that the mirror shows. */
export function cleanIncoming(value: unknown): MirrorEvent | undefined {
  const event = value as MirrorEvent | null;
  if (typeof event !== 'object' || event === null || typeof event.data !== 'object' || event.data === null)
    return undefined;
  switch (event.type) {
    case EVENT.meta:
      return event;
    case EVENT.fullSnapshot:
      cleanTree(event.data.node as MirrorNode);
      return event;
    case EVENT.incremental:
      if (!knownSources.has(event.data.source ?? -1)) return undefined;
      if (event.data.source === SOURCE.mutation) cleanMutation(event.data as unknown as MutationData);
      return event;
    default:
      return undefined;
  }
}

function cleanMutation(data: MutationData): void {
  for (const { node } of data.adds) cleanTree(node);
  for (const change of data.attributes) change.attributes = cleanAttributes('', change.attributes);
}

// a list in place of recursion: a deep tree may not overflow the stack
function cleanTree(root: MirrorNode): void {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === NODE.element) cleanElement(node);
    if (Array.isArray(node.childNodes)) for (const child of node.childNodes) waiting.push(child);
  }
}

function cleanElement(node: MirrorNode): void {
  const tag = String(node.tagName).toLowerCase();
  if (emptied.has(tag)) {
    node.tagName = 'noscript';
    node.attributes = {};
    node.childNodes = [];
  } else if (plain.has(tag)) {
    node.tagName = 'div';
    node.attributes = pick(node.attributes, ['class', 'style', 'id']);
  } else if (animations.has(tag)) {
    node.tagName = 'g';
    node.attributes = {};
  } else {
    node.attributes = cleanAttributes(tag, node.attributes ?? {});
  }
}

function cleanAttributes(tag: string, attributes: Record<string, AttributeValue>): Record<string, AttributeValue> {
  if (tag === 'link' && !isStyleSheet(attributes)) return {};
  const clean: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (isSafe(tag, name.toLowerCase(), value)) clean[name] = value;
  }
  return clean;
}

function isStyleSheet({ rel, _cssText }: Record<string, AttributeValue>): boolean {
  return typeof _cssText === 'string' || /(^|\s)stylesheet(\s|$)/i.test(String(rel ?? ''));
}

function isSafe(tag: string, name: string, value: AttributeValue): boolean {
  if (name.startsWith('on') || dropped.has(name)) return false;
  if (name === 'src' && (tag === 'iframe' || tag === 'frame')) return false;
  if (!addresses.has(name) || value === null) return true;
  return typeof value === 'string' && isSafeAddress(tag, value);
}

/** Whether an address can't run anything. Browsers ignore control characters and blanks before and inside of the scheme. */
function isSafeAddress(tag: string, value: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what hides a scheme
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(value.replace(/[\u0000-\u0020\u007f-\u009f]/g, ''))?.[1]?.toLowerCase();
  if (scheme === undefined) return true;
  if (scheme === 'data')
    return (
      (tag === 'img' || tag === 'image' || tag === 'source' || tag === 'video' || tag === 'audio' || tag === '') &&
      /^\s*data:(image|video|audio|font)\//i.test(value)
    );
  return ['http', 'https', 'blob', 'mailto', 'tel', 'about'].includes(scheme);
}

function pick(attributes: Record<string, AttributeValue> | undefined, names: string[]): Record<string, AttributeValue> {
  return Object.fromEntries(
    names.filter((name) => typeof attributes?.[name] === 'string').map((name) => [name, attributes![name]!]),
  );
}
