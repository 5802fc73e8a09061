import {
  EVENT,
  NODE,
  SOURCE,
  type AttributeValue,
  type MirrorEvent,
  type MirrorNode,
  type MutationData,
} from './event-types.js';
import { isMaskedField, isSecretField, isTelling, maskText } from './masks.js';
import { isOwnElement } from './own-elements.js';
import type { CompiledPolicy, Visibility } from './privacy.js';

/** The one pass over everything that leaves the page. `nodeOf` gives the node that an id stands for. */
export class OutgoingCleaner {
  readonly #policy: CompiledPolicy;
  readonly #nodeOf: (id: number) => Node | null;

  constructor(policy: CompiledPolicy, nodeOf: (id: number) => Node | null) {
    this.#policy = policy;
    this.#nodeOf = nodeOf;
  }

  /** The event, cleaned in place, or undefined when nothing of it may leave. */
  clean(event: MirrorEvent): MirrorEvent | undefined {
    switch (event.type) {
      case EVENT.meta:
        return { ...event, data: { ...event.data, href: location.origin + location.pathname } };
      case EVENT.fullSnapshot:
        this.#tree(event.data.node as MirrorNode, this.#policy.base);
        return event;
      case EVENT.incremental:
        return this.#incremental(event);
      default:
        return undefined;
    }
  }

  #incremental(event: MirrorEvent): MirrorEvent | undefined {
    const { source } = event.data;
    if (source === SOURCE.mutation) return this.#mutation(event, event.data as unknown as MutationData);
    if (source === SOURCE.input) return this.#input(event);
    return event;
  }

  #mutation(event: MirrorEvent, data: MutationData): MirrorEvent | undefined {
    for (const add of data.adds) {
      const parent = this.#nodeOf(add.parentId);
      this.#tree(add.node, parent ? this.#policy.visibilityOf(parent) : 'clear');
    }
    for (const text of data.texts) this.#textChange(text);
    data.attributes = data.attributes.filter((change) => this.#attributeChange(change));
    return data.adds.length + data.texts.length + data.attributes.length + data.removes.length > 0 ? event : undefined;
  }

  #textChange(text: MutationData['texts'][number]): void {
    const node = this.#nodeOf(text.id);
    const parent = node?.parentElement;
    if (parent?.localName === 'style') return;
    const visibility = node ? this.#policy.visibilityOf(node) : 'blocked';
    if (visibility === 'blocked' || visibility === 'ignored') text.value = '';
    else if (text.value !== null && (visibility === 'masked' || (parent && isSecretField(parent))))
      text.value = maskText(text.value);
  }

  #attributeChange(change: MutationData['attributes'][number]): boolean {
    const node = this.#nodeOf(change.id);
    if (node?.nodeType !== 1) return node === null;
    const element = node as Element;
    const visibility = this.#policy.visibilityOf(element);
    // of what leaves as a box or not at all, changes do not leave
    if (visibility === 'blocked' || visibility === 'ignored' || isOwnElement(element)) return false;
    change.attributes = this.#attributes(element, change.attributes, visibility);
    return Object.keys(change.attributes).length > 0;
  }

  #input(event: MirrorEvent): MirrorEvent | undefined {
    const data = event.data as { id: number; text: string; isChecked: boolean };
    const node = this.#nodeOf(data.id);
    if (node?.nodeType !== 1) return undefined;
    const visibility = this.#policy.visibilityOf(node);
    if (visibility === 'blocked' || visibility === 'ignored') return undefined;
    if (isMaskedField(node as Element, this.#policy)) {
      data.text = maskText(data.text);
      data.isChecked = false;
    }
    return event;
  }

  // a list in place of recursion: pages can be deep
  #tree(root: MirrorNode, outer: Visibility): void {
    const waiting: [MirrorNode, Visibility][] = [[root, outer]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [node, parent] = next;
      const visibility = this.#node(node, parent);
      for (const child of node.childNodes ?? []) waiting.push([child, visibility]);
    }
  }

  #node(node: MirrorNode, parent: Visibility): Visibility {
    const real = this.#nodeOf(node.id);
    // without the node nothing is known of it: as its surroundings
    const visibility = real ? this.#policy.visibilityIn(real, parent) : parent;
    if (node.type === NODE.element) this.#element(node, real as Element | null, visibility);
    else if (node.type === NODE.text || node.type === NODE.cdata || node.type === NODE.comment)
      this.#text(node, real, visibility);
    return visibility;
  }

  #element(node: MirrorNode, element: Element | null, visibility: Visibility): void {
    if (visibility === 'ignored') becomeNothing(node);
    else if (visibility === 'blocked') becomeBox(node, element);
    else if (element && isOwnElement(element)) node.attributes = {};
    else if (element) node.attributes = this.#attributes(element, node.attributes ?? {}, visibility);
  }

  #text(node: MirrorNode, real: Node | null, visibility: Visibility): void {
    const parent = real?.parentElement;
    if (node.isStyle || parent?.localName === 'style') return;
    if (visibility === 'masked' || (parent && isSecretField(parent)))
      node.textContent = maskText(node.textContent ?? '');
  }

  #attributes(
    element: Element,
    attributes: Record<string, AttributeValue>,
    visibility: Visibility,
  ): Record<string, AttributeValue> {
    const secret = isSecretField(element);
    if (visibility !== 'masked' && !secret) return attributes;
    const clean: Record<string, AttributeValue> = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (visibility === 'masked' ? !isTelling(name) : name !== 'value') clean[name] = value;
      else if (typeof value === 'string' && (name === 'value' || name === 'placeholder' || name === 'label'))
        clean[name] = maskText(value);
    }
    if (secret && element.getAttribute('type')?.toLowerCase() === 'hidden') delete clean.value;
    return clean;
  }
}

/** An empty comment with the same id: neighbours keep their order, and nothing is drawn. */
function becomeNothing(node: MirrorNode): void {
  const { id, rootId } = node;
  for (const key of Object.keys(node)) delete (node as unknown as Record<string, unknown>)[key];
  Object.assign(node, { id, type: NODE.comment, textContent: '', ...(rootId === undefined ? {} : { rootId }) });
}

const layout = [
  'display',
  'position',
  'inset',
  'float',
  'clear',
  'margin',
  'vertical-align',
  'flex',
  'align-self',
  'justify-self',
  'order',
  'grid-area',
  'visibility',
  'z-index',
  'transform',
] as const;

/** An empty box of the same size and place in the flow. */
function becomeBox(node: MirrorNode, element: Element | null): void {
  node.childNodes = [];
  node.attributes = {};
  delete node.isShadowHost;
  delete node.isCustom;
  delete node.needBlock;
  node.isSVG = false;
  if (!/^(td|th|tr|li|tbody|thead|table|dd|dt)$/.test(node.tagName ?? '')) node.tagName = 'div';
  const view = element?.ownerDocument.defaultView;
  if (!element || !view) return;
  const style = view.getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  const kept = layout.map(
    (name) => `${name}:${name === 'display' ? boxDisplay(style.display) : style.getPropertyValue(name)}`,
  );
  node.attributes.style = [
    ...kept,
    'box-sizing:border-box',
    `width:${width}px`,
    `height:${height}px`,
    'overflow:hidden',
  ].join(';');
}

function boxDisplay(display: string): string {
  return display === 'inline' || display === 'contents' ? 'inline-block' : display;
}
