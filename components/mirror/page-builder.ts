import { Replayer } from '@rrweb/replay';
import { NODE, type MirrorEvent, type MutationData } from './rrweb-events.js';
import { orderAdds } from './order-adds.js';

/** What of rrweb's replayer is used beside its public interface. Its version is pinned. */
interface ReplayerParts {
  readonly wrapper: HTMLElement;
  readonly iframe: HTMLIFrameElement;
  readonly mouse: HTMLElement;
  readonly timer: { clear(): void };
  readonly mediaManager: { reset(): void };
  readonly styleMirror: { reset(): void };
  /** Its own check knows only the document it made itself, not the one of `frame-url`; ours is `assertSandbox`. */
  UNSAFE_replayCanvas: boolean;
  rebuildFullSnapshot(event: TimedEvent, isSync: boolean): void;
  applyIncremental(event: TimedEvent, isSync: boolean): void;
  hoverElements(element: Element): void;
}

type TimedEvent = MirrorEvent & { timestamp: number };

/**
 * Without scripts a browser shows what is inside of a canvas, not the canvas: its box is kept by these. The first rule is
 * for browsers whose `attr()` knows text only.
 */
const CANVAS_RULES = [
  ':where(canvas) { display: inline-block; width: 300px; aspect-ratio: 2 }',
  ':where(canvas) { width: attr(width px, 300px); aspect-ratio: attr(width type(<number>), 300) / attr(height type(<number>), 150) }',
];

/**
 * Builds and changes the mirror's document: rrweb's replayer, without its clock and its queue. Each event is carried
 * out in the call, so that it matters to nobody what the recorder's clock says, and nothing is kept of it.
 */
export class PageBuilder {
  readonly #replayer: Replayer;
  readonly #parts: ReplayerParts;

  /** @param container Where the frame is put; it must be in a document. */
  constructor(container: HTMLElement) {
    const timestamp = Date.now();
    // one event that does nothing: the replayer counts the time of media from its first
    const start = { type: 1, data: {}, timestamp };
    this.#replayer = new Replayer([start], {
      root: container,
      liveMode: true,
      useVirtualDom: false,
      pauseAnimation: false,
      mouseTail: false,
      triggerFocus: false,
      blockClass: 'cobrowse-unused',
      insertStyleRules: CANVAS_RULES,
      logger: { log: () => undefined, warn: onWarning },
    });
    // media count as running in live mode only
    this.#replayer.startLive(timestamp);
    this.#parts = this.#replayer as unknown as ReplayerParts;
    this.#parts.UNSAFE_replayCanvas = true;
    this.#parts.mouse.remove();
  }

  get frame(): HTMLIFrameElement {
    return this.#parts.iframe;
  }

  get document(): Document | null {
    return this.frame.contentDocument;
  }

  nodeOf(id: number): Node | null {
    return this.#replayer.getMirror().getNode(id);
  }

  idOf(node: Node): number {
    return this.#replayer.getMirror().getId(node);
  }

  tagOf(id: number): string | undefined {
    const node = this.nodeOf(id);
    return node ? ((node as Partial<Element>).localName ?? '') : undefined;
  }

  /** Replaces the whole page. */
  rebuild(event: Extract<MirrorEvent, { type: 2 }>): void {
    this.#parts.mediaManager.reset();
    this.#parts.styleMirror.reset();
    this.#parts.rebuildFullSnapshot({ ...event, timestamp: Date.now() }, true);
    const root = this.document?.documentElement;
    root?.classList.remove('rrweb-paused');
    if (root?.getAttribute('class') === '') root.removeAttribute('class');
  }

  /** @throws what the replayer could not do: the mirror isn't the page any more. */
  apply(event: Extract<MirrorEvent, { type: 3 }>): void {
    const { data } = event;
    if (data.source === 0) this.#prepare(data);
    this.#parts.applyIncremental({ ...event, timestamp: Date.now() }, true);
  }

  /** Puts the marks that stand for `:hover` in the page's styles on this element and those around it. */
  hover(element: Element): void {
    this.#parts.hoverElements(element);
  }

  destroy(): void {
    this.#replayer.destroy();
    // it leaves this one running
    this.#parts.timer.clear();
  }

  #prepare(data: MutationData): void {
    const removed = new Set(data.removes.map(({ id }) => id));
    data.removes = data.removes.filter(({ id }) => this.nodeOf(id));
    // one that is sent again is built again, only if it isn't known
    for (const { node } of data.adds) if (node.type === NODE.document) this.#forget(node.id);
    data.adds = orderAdds(data.adds, (id) => this.tagOf(id));
    const added = new Set(data.adds.map(({ node }) => node.id));
    const exists = ({ id }: { id: number }) => added.has(id) || (!removed.has(id) && this.nodeOf(id) !== null);
    data.texts = data.texts.filter((text) => exists(text) && this.nodeOf(text.id)?.nodeType !== Node.DOCUMENT_NODE);
    data.attributes = data.attributes.filter(exists);
    // a node that is added while it is there has moved
    for (const { parentId, node } of data.adds) {
      if (node.type === NODE.document || removed.has(node.id)) continue;
      const parent = this.nodeOf(node.id)?.parentNode;
      if (parent)
        data.removes.push({ id: node.id, parentId: this.#ownerId(parent, parentId), isShadow: isShadow(parent) });
    }
  }

  #forget(id: number): void {
    const node = this.nodeOf(id);
    if (node) this.#replayer.getMirror().removeNodeFromMap(node);
  }

  #ownerId(parent: Node, otherwise: number): number {
    const id = this.idOf(isShadow(parent) ? (parent as ShadowRoot).host : parent);
    return id === -1 ? otherwise : id;
  }
}

function isShadow(node: Node): boolean {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
}

/** Of its warnings one counts: a mutation that failed half way. Thrown from here it reaches the caller. */
function onWarning(...words: unknown[]): void {
  if (/^Exception in mutation/.test(String(words[1]))) throw new Error(String(words[1]));
}
