import { withoutSecretsInCss } from './addresses.js';
import { isSecretField } from './fields.js';
import { maskField, maskSecret, maskText } from './mask.js';
import { cleanAttributes, cleanInput } from './outgoing-attributes.js';
import { isSilentDeclaration, wordlessCss } from './outgoing-styles.js';
import { placeholderTag } from './placeholder.js';
import type { CompiledPolicy, Visibility } from './privacy.js';
import {
  EVENT,
  NODE,
  SOURCE,
  type AdoptedStyle,
  type IncrementalData,
  type MirrorEvent,
  type MutationData,
  type Position,
  type SerializedNode,
  type StyleData,
} from './rrweb-events.js';

/** Pictures and frames inside of what is masked: there is no text to replace, so an empty box stays. */
const PICTURES = /^(?:img|picture|video|audio|canvas|iframe|frame|object|embed|svg)$/;

export interface OutgoingOptions {
  policy: CompiledPolicy;
  nodeOf(id: number): Node | null;
  /** Style of the empty box that stands for a blocked element. */
  boxOf(element: Element): string;
  /** An element is sent; what it says itself of what may leave, undefined for nothing. */
  onElement(element: Element, own: Visibility | undefined): void;
  /** A tree of its own, whose changes are to be watched: a shadow root, or a frame's document. */
  onRoot(root: Node): void;
}

/** The one pass that every event takes before it leaves the page. Cleans in place: rrweb doesn't need its copy. */
export class OutgoingSanitiser {
  readonly #options: OutgoingOptions;
  /** Answers of this pass. */
  readonly #known = new Map<Node, Visibility>();
  /** Sheets that only hidden shadow trees have adopted up to now: the next tree that adopts one needs its rules. */
  readonly #heldStyles = new Map<number, AdoptedStyle>();
  /** The agent sees a pointer. */
  #isPointerSeen = false;

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  /** The event as it may be sent, or null when nothing of it may. */
  clean(event: MirrorEvent): MirrorEvent | null {
    this.#known.clear();
    if (event.type === EVENT.full) {
      this.#heldStyles.clear();
      this.#node(event.data.node, this.#options.policy.base);
      return event;
    }
    if (event.type !== EVENT.incremental) return event;
    return this.#incremental(event.data) ? event : null;
  }

  /** Whether anything of the node may leave, as text or at least as an element. */
  #isShown(id: number): boolean {
    const node = this.#options.nodeOf(id);
    return node !== null && node.isConnected && !isHidden(this.#visibility(node));
  }

  #visibility(node: Node): Visibility {
    let visibility = this.#known.get(node);
    if (visibility) return visibility;
    const around = this.#options.policy.outward(node);
    visibility = this.#visibilityIn(node, around ? this.#visibility(around) : this.#options.policy.base);
    this.#known.set(node, visibility);
    return visibility;
  }

  #visibilityIn(node: Node, parent: Visibility): Visibility {
    return forPictures(node, this.#options.policy.visibilityIn(node, parent));
  }

  #incremental(data: IncrementalData): boolean {
    switch (data.source) {
      case SOURCE.mutation:
        return this.#mutation(data);
      case SOURCE.input:
        return this.#input(data);
      case SOURCE.mouseMove:
      case SOURCE.drag:
        return this.#positions(data);
      case SOURCE.touchMove:
        // where somebody taps on what is blocked may be a number that is typed
        return this.#isShown(data.positions[0]?.id ?? -1);
      case SOURCE.mouseInteraction:
      case SOURCE.scroll:
      case SOURCE.mediaInteraction:
        return this.#isShown(data.id);
      case SOURCE.selection:
        data.ranges = data.ranges.filter(({ start, end }) => this.#isClear(start) && this.#isClear(end));
        return true;
      case SOURCE.styleSheetRule:
      case SOURCE.styleDeclaration:
        if (data.id ? !this.#isShown(data.id) : this.#heldStyles.has(data.styleId ?? -1)) return false;
        this.#style(data);
        return true;
      case SOURCE.adoptedStyleSheet:
        return this.#adopted(data);
      case SOURCE.viewportResize:
        return true;
      default:
        return false;
    }
  }

  /**
   * The last place is what counts live; none at all says that the pointer has left. Over what is blocked, and what the agent doesn't
   * have, it has left: the way over a blocked keypad may be a number.
   */
  #positions(data: { positions: Position[] }): boolean {
    const last = data.positions.at(-1);
    const isSeen = last !== undefined && this.#isShown(last.id);
    data.positions = isSeen ? [{ x: last.x, y: last.y, id: last.id }] : [];
    const isNews = isSeen || this.#isPointerSeen;
    this.#isPointerSeen = isSeen;
    return isNews;
  }

  #isClear(id: number): boolean {
    const node = this.#options.nodeOf(id);
    return node !== null && this.#visibility(node) === 'clear';
  }

  #mutation(data: MutationData): boolean {
    data.adds = data.adds.filter(({ node }) => this.#added(node));
    data.removes = data.removes.filter(({ parentId }) => !this.#isHiddenParent(parentId));
    data.texts = data.texts.filter((text) => {
      if (!this.#isShown(text.id)) return false;
      const node = this.#options.nodeOf(text.id)!;
      text.value = cleanText(text.value ?? '', node, this.#visibility(node));
      return true;
    });
    data.attributes = data.attributes.filter(({ id, attributes }) => {
      if (!this.#isShown(id)) return false;
      const element = this.#options.nodeOf(id) as Element;
      cleanAttributes(attributes, element, this.#visibility(element), this.#options.policy);
      return Object.keys(attributes).length > 0;
    });
    return data.adds.length + data.removes.length + data.texts.length + data.attributes.length > 0;
  }

  #added(serialized: SerializedNode): boolean {
    const node = this.#options.nodeOf(serialized.id);
    const around = node?.isConnected ? this.#options.policy.outward(node) : null;
    if (!around) return false;
    const parent = this.#visibility(around);
    if (isHidden(parent)) return false;
    this.#node(serialized, parent);
    return true;
  }

  #isHiddenParent(id: number): boolean {
    const parent = this.#options.nodeOf(id);
    return parent !== null && isHidden(this.#visibility(parent));
  }

  #input(data: Extract<IncrementalData, { source: typeof SOURCE.input }>): boolean {
    if (!this.#isShown(data.id)) return false;
    const element = this.#options.nodeOf(data.id) as Element;
    const text = cleanInput(data.text, element, this.#visibility(element));
    if (text === undefined) return false;
    data.text = text;
    return true;
  }

  #adopted(data: Extract<IncrementalData, { source: typeof SOURCE.adoptedStyleSheet }>): boolean {
    if (!this.#isShown(data.id)) {
      for (const style of data.styles ?? []) this.#heldStyles.set(style.styleId, style);
      return false;
    }
    if (this.#visibility(this.#options.nodeOf(data.id)!) === 'masked')
      for (const { rules } of data.styles ?? []) for (const one of rules) one.rule = wordlessCss(one.rule);
    for (const id of data.styleIds) {
      const held = this.#heldStyles.get(id);
      if (!held) continue;
      (data.styles ??= []).push(held);
      this.#heldStyles.delete(id);
    }
    return true;
  }

  #node(serialized: SerializedNode, parent: Visibility): void {
    const node = this.#options.nodeOf(serialized.id);
    const visibility = node ? this.#sentAs(node, parent) : 'ignored';
    if (!node || visibility === 'ignored') return vanish(serialized);
    this.#known.set(node, visibility);
    // a shadow root that its host got after it was sent
    if (serialized.isShadow && node.parentNode) this.#options.onRoot(node.parentNode);
    switch (serialized.type) {
      case NODE.element:
        if (visibility === 'blocked') return this.#box(serialized, node as Element);
        this.#element(serialized, node as Element, visibility);
        break;
      case NODE.document:
        this.#options.onRoot(node);
        break;
      case NODE.text:
        serialized.textContent = cleanText(serialized.textContent ?? '', node, visibility);
        return;
      case NODE.comment:
      case NODE.cdata:
        serialized.textContent = '';
        return;
    }
    for (const child of serialized.childNodes ?? []) this.#node(child, visibility);
  }

  #sentAs(node: Node, parent: Visibility): Visibility {
    if (node.nodeType !== Node.ELEMENT_NODE || isHidden(parent)) return parent;
    const own = this.#options.policy.ownVisibility(node as Element);
    this.#options.onElement(node as Element, own);
    return forPictures(node, own ?? parent);
  }

  #element(serialized: SerializedNode, element: Element, visibility: Visibility): void {
    if (serialized.isShadowHost && element.shadowRoot) this.#options.onRoot(element.shadowRoot);
    cleanAttributes((serialized.attributes ??= {}), element, visibility, this.#options.policy);
  }

  /** Rules that script has changed. Those of a sheet that was adopted are everybody's: the page's own mode counts. */
  #style(data: StyleData): void {
    const owner = this.#options.nodeOf(data.id ?? -1);
    if ((owner ? this.#visibility(owner) : this.#options.policy.base) !== 'masked') return;
    for (const add of data.adds ?? []) add.rule = wordlessCss(add.rule);
    if (data.replace) data.replace = wordlessCss(data.replace);
    if (data.replaceSync) data.replaceSync = wordlessCss(data.replaceSync);
    if (data.set && !isSilentDeclaration(data.set.property, data.set.value ?? '')) data.set.value = '';
  }

  #box(serialized: SerializedNode, element: Element): void {
    const style = this.#options.boxOf(element);
    const tagName = placeholderTag(element);
    serialized.tagName = tagName;
    serialized.attributes = { style, 'data-cobrowse-block': '' };
    if (tagName === 'input') serialized.attributes.type = (element as HTMLInputElement).type;
    // a page of which nothing may leave
    const kept = tagName === 'html' ? (serialized.childNodes ?? []) : [];
    serialized.childNodes = kept.filter(({ type }) => type === NODE.element);
    for (const child of serialized.childNodes) Object.assign(child, { attributes: {}, childNodes: [] });
    delete serialized.isShadowHost;
    delete serialized.isCustom;
    if (tagName !== 'g') delete serialized.isSVG;
  }
}

function forPictures(node: Node, visibility: Visibility): Visibility {
  return visibility === 'masked' && PICTURES.test((node as Element).localName ?? '') ? 'blocked' : visibility;
}

function isHidden(visibility: Visibility): boolean {
  return visibility === 'blocked' || visibility === 'ignored';
}

/** Leaves the id, so that what comes beside it finds its place. */
function vanish(serialized: SerializedNode): void {
  const { id, rootId, isShadow } = serialized;
  for (const key of Object.keys(serialized) as (keyof SerializedNode)[]) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete serialized[key];
  }
  Object.assign(serialized, { type: NODE.comment, textContent: '', id });
  if (rootId !== undefined) serialized.rootId = rootId;
  if (isShadow) serialized.isShadow = true;
}

function cleanText(text: string, node: Node, visibility: Visibility): string {
  const parent = node.parentElement;
  const tag = parent?.localName;
  if (node.nodeType !== Node.TEXT_NODE || tag === 'script' || tag === 'noscript') return '';
  if (parent && tag === 'style') {
    const css = withoutSecretsInCss(text, parent.ownerDocument.URL);
    return visibility === 'clear' ? css : wordlessCss(css);
  }
  if (parent && isSecretField(parent)) return maskSecret(text);
  const select = tag === 'option' ? parent!.closest('select') : null;
  if (visibility === 'clear' && !(select && isSecretField(select))) return text;
  return tag === 'textarea' ? maskField(text) : maskText(text, parent ?? hostOf(node));
}

/** Text right under a shadow root has the host's font. */
function hostOf(node: Node): Element | null {
  return (node.getRootNode() as Partial<ShadowRoot>).host ?? null;
}
