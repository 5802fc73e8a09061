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

  /**
   * Called with each event by which rrweb attaches the document of a frame, just before it observes it.
   * @param isRecording false when nothing more is to be observed.
   * @returns the document when it is new in this epoch, else undefined: then the event is to be dropped.
   */
  attach({ adds }: MutationData, isRecording: boolean): Document | undefined {
    const inner = this.#nodeOf(adds[0]?.node.id ?? -1);
    if (!isDocument(inner)) return undefined;
    if (!isRecording || this.#observed.has(inner)) hideViewOnce(inner);
    else this.#observed.add(inner);
    if (!isRecording || this.#attached.has(inner)) return undefined;
    this.#attached.add(inner);
    return inner;
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
