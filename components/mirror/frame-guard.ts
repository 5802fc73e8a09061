import type { MutationData } from './rrweb-events.js';

/**
 * rrweb adds a `load` listener and a set of observers to each frame of the page with each snapshot, and never takes
 * them away: after the second epoch every change in a frame would be recorded twice. This keeps the first set.
 */
export class FrameGuard {
  readonly #nodeOf: (id: number) => Node | null;
  readonly #observed = new WeakSet<Document>();
  #attached = new WeakSet<Document>();

  constructor(nodeOf: (id: number) => Node | null) {
    this.#nodeOf = nodeOf;
  }

  /** A new epoch: each frame's document is sent again, once. */
  beginEpoch(): void {
    this.#attached = new WeakSet();
  }

  /** The document that an event of rrweb attaches, or undefined when this epoch has it already. */
  begin(data: MutationData): Document | undefined {
    const inner = this.#documentOf(data);
    if (!inner || this.#attached.has(inner)) return undefined;
    this.#attached.add(inner);
    return inner;
  }

  /** To be called when the event is dealt with, just before rrweb observes the document. */
  end(data: MutationData, isRecording: boolean): void {
    const inner = this.#documentOf(data);
    if (!inner) return;
    if (!isRecording || this.#observed.has(inner)) hideViewOnce(inner);
    else this.#observed.add(inner);
  }

  #documentOf({ adds }: MutationData): Document | undefined {
    const inner = this.#nodeOf(adds[0]?.node.id ?? -1);
    return isDocument(inner) ? inner : undefined;
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
