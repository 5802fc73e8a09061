import { NODE, type MutationData, type SerializedNode } from './rrweb-events.js';

/** What was sent of a frame's document in this epoch. */
interface Sent {
  root: Element | null;
  isComplete: boolean;
}

/**
 * rrweb adds a `load` listener and a set of observers to each frame of the page with each snapshot, and never takes
 * them away: after the second epoch every change in a frame would be recorded twice. This keeps the first set.
 */
export class FrameGuard {
  readonly #nodeOf: (id: number) => Node | null;
  readonly #observed = new WeakSet<Document>();
  #sent = new WeakMap<Document, Sent>();

  constructor(nodeOf: (id: number) => Node | null) {
    this.#nodeOf = nodeOf;
  }

  /** A new epoch: each frame's document is sent again, once. */
  beginEpoch(): void {
    this.#sent = new WeakMap();
  }

  /**
   * The document that an event of rrweb attaches, or undefined when this epoch has it already. One that was still
   * loading is sent again when it has loaded: rrweb observes what is added below a document's root, but neither the
   * root itself nor what `document.write` puts in its place.
   */
  begin(data: MutationData): Document | undefined {
    const inner = this.#documentOf(data);
    if (!inner) return undefined;
    const now = { root: inner.documentElement, isComplete: inner.readyState === 'complete' };
    const before = this.#sent.get(inner);
    if (before?.root === now.root && before.isComplete) return undefined;
    this.#sent.set(inner, now);
    this.added(data);
    return inner;
  }

  /** To be called when the event is dealt with, just before rrweb observes the document. */
  end(data: MutationData, isRecording: boolean): void {
    const inner = this.#documentOf(data);
    if (!inner) return;
    if (!isRecording || this.#observed.has(inner)) hideViewOnce(inner);
    else this.#observed.add(inner);
  }

  /** A frame that is added to the mirror is empty there: its document, which may have been sent, is needed (again). */
  added({ adds }: MutationData): void {
    for (const { node } of adds) this.#forgetFrames(node);
  }

  /** Whether the document has got another root than the one that was sent. */
  isStale(inner: Document): boolean {
    const sent = this.#sent.get(inner);
    return sent !== undefined && sent.root !== inner.documentElement;
  }

  #forgetFrames({ type, tagName, id, childNodes }: SerializedNode): void {
    if (type === NODE.element && tagName === 'iframe') {
      const inner = innerDocument(this.#nodeOf(id) as HTMLIFrameElement | null);
      if (inner) this.#sent.delete(inner);
    }
    for (const child of childNodes ?? []) this.#forgetFrames(child);
  }

  #documentOf({ adds }: MutationData): Document | undefined {
    const inner = this.#nodeOf(adds[0]?.node.id ?? -1);
    return isDocument(inner) ? inner : undefined;
  }
}

function innerDocument(frame: HTMLIFrameElement | null): Document | null {
  try {
    return frame?.contentDocument ?? null;
  } catch {
    return null;
  }
}

function isDocument(node: Node | null): node is Document {
  return node?.nodeType === Node.DOCUMENT_NODE;
}

/** rrweb asks a document for its view first, and observes nothing where there is none. Only that one question is met. */
function hideViewOnce(inner: Document): void {
  Object.defineProperty(inner, 'defaultView', {
    configurable: true,
    get: () => {
      Reflect.deleteProperty(inner, 'defaultView');
      return null;
    },
  });
}
