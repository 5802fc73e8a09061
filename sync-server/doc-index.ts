import * as Y from 'yjs';
import { ROOTS, type Root } from '../protocol/index.js';
import type { Id, Place } from './update-types.js';

/** Looks up what the doc holds, by Yjs ids. Changes nothing. */
export class DocIndex {
  readonly #doc: Y.Doc;
  readonly #roots: Map<unknown, Root>;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#roots = new Map(ROOTS.map((root) => [doc.getMap(root), root]));
  }

  /** The clock that comes next from this client. */
  next(client: number): number {
    return Y.getState(this.#doc.store, client);
  }

  /** The item that covers this clock, or undefined when it isn't here. */
  find({ client, clock }: Id): Y.Item | undefined {
    const structs = this.#doc.store.clients.get(client);
    if (!structs || clock >= this.next(client)) return undefined;
    const struct = structs[Y.findIndexSS(structs, clock)];
    return struct instanceof Y.Item ? struct : undefined;
  }

  placeOf(id: Id): Place | undefined {
    const item = this.find(id);
    return item && this.placeOfItem(item);
  }

  placeOfItem({ parent, parentSub }: Y.Item): Place | undefined {
    const root = this.#roots.get(parent);
    return root && parentSub !== null ? { root, key: parentSub } : undefined;
  }

  /** Items of a client that are not deleted, between two clocks. */
  *live(client: number, from: number, to: number): Generator<Y.Item> {
    const structs = this.#doc.store.clients.get(client);
    const end = Math.min(to, this.next(client));
    if (!structs || from >= end) return;
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
      const struct = structs[index]!;
      if (struct.id.clock >= end) return;
      if (struct instanceof Y.Item && !struct.deleted) yield struct;
    }
  }
}
