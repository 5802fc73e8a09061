import { NODE, SOURCE, type IncrementalData, type MutationData } from '../../mirror/rrweb-events.js';
import type { NodeOf } from './places.js';

/** Attributes that say what a thing is or does. Not what changes by pointing at it, as class and style do. */
const MEANING =
  /^(?:href|xlink:href|src|alt|title|label|type|role|name|for|form|formaction|formmethod|target|download|popovertarget|commandfor|command|aria-label|aria-labelledby|aria-roledescription)$/;

const FOCUS = 5;

interface Change {
  /** Its text, or what it is. */
  meaning?: number;
  /** Which elements are in it. */
  children?: number;
  /** It was put where it is. */
  place?: number;
}

/**
 * What has changed on the page, and in which frame of the epoch the agent gets to see it. The number of a change is
 * compared with the frame that the agent's mirror showed when it acted.
 */
export class ChangeLog {
  readonly #nodeOf: NodeOf;
  readonly #isAgents: () => boolean;
  #changes = new WeakMap<Node, Change>();
  #epoch = 0;
  #focusedAt = -1;

  /** @param isAgents Whether what happens now is done by the agent. */
  constructor(nodeOf: NodeOf, isAgents: () => boolean) {
    this.#nodeOf = nodeOf;
    this.#isAgents = isAgents;
  }

  note(change: IncrementalData, epoch: number, seq: number): void {
    if (epoch !== this.#epoch) {
      // a new epoch shows all that was changed before
      this.#epoch = epoch;
      this.#changes = new WeakMap();
      this.#focusedAt = -1;
    }
    if (change.source === SOURCE.mutation) this.#noteMutation(change, seq);
    else if (change.source === SOURCE.mouseInteraction && change.type === FOCUS && !this.#isAgents()) {
      this.#focusedAt = seq;
    }
  }

  /** Whether the element's own text or meaning has changed after this frame. */
  hasNewMeaning(node: Node, seq: number): boolean {
    return (this.#changes.get(node)?.meaning ?? -1) > seq;
  }

  /** Whether elements in it have come or gone after this frame. */
  hasNewChildren(node: Node, seq: number): boolean {
    return (this.#changes.get(node)?.children ?? -1) > seq;
  }

  /** Whether it was put where it is after this frame. */
  isNew(node: Node, seq: number): boolean {
    return (this.#changes.get(node)?.place ?? -1) > seq;
  }

  /** Whether the focus was moved after this frame, and not by the agent. */
  isFocusNew(seq: number): boolean {
    return this.#focusedAt > seq;
  }

  #noteMutation({ adds, removes, texts, attributes }: MutationData, seq: number): void {
    for (const { parentId, node } of adds) {
      this.#mark(this.#nodeOf(parentId), node.type === NODE.text ? 'meaning' : 'children', seq);
      this.#mark(this.#nodeOf(node.id), 'place', seq);
    }
    for (const { parentId, id } of removes) {
      const isText = this.#nodeOf(id)?.nodeType === Node.TEXT_NODE;
      this.#mark(this.#nodeOf(parentId), isText ? 'meaning' : 'children', seq);
    }
    for (const { id } of texts) this.#mark(this.#nodeOf(id)?.parentNode ?? null, 'meaning', seq);
    for (const { id, attributes: changed } of attributes) {
      if (Object.keys(changed).some((name) => MEANING.test(name))) this.#mark(this.#nodeOf(id), 'meaning', seq);
    }
  }

  #mark(node: Node | null, kind: keyof Change, seq: number): void {
    if (!node) return;
    const change = this.#changes.get(node);
    if (change) change[kind] = seq;
    else this.#changes.set(node, { [kind]: seq });
  }
}
