import * as Y from 'yjs';
import { mayChange, ROOTS } from '../../protocol/index.js';
import { beginnings } from './gate-room.js';

/**
 * How a server that knows less would check an agent's update before it hands its bytes to Yjs. `stated`: by the parent that an
 * item states, else by the one of the neighbour that is in the doc. `names`: by the parent that is stated only. `known`: where the doc has the id already, by what the doc says.
 * `first`: the first that an update says of an id. `none`: by the rejection of Yjs itself.
 */
export type NaiveCheck = 'names' | 'stated' | 'known' | 'first' | 'none';

/** The control of the tests of attacks: each one is shown to work here. */
export class NaiveServer {
  readonly doc = new Y.Doc();
  readonly #check: NaiveCheck;
  /** Updates that were sent on to everyone. */
  broadcasts = 0;

  constructor(check: NaiveCheck) {
    this.#check = check;
    for (const root of ROOTS) this.doc.getMap(root);
    for (const update of beginnings) Y.applyUpdate(this.doc, update);
    this.doc.on('update', () => this.broadcasts++);
  }

  /** What the consumer itself writes, which is right. */
  apply(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update);
  }

  /** @returns whether the agent's update was let through. @throws whatever Yjs throws: a server would end here. */
  receive(update: Uint8Array): boolean {
    if (this.#check !== 'none' && !this.#isAllowed(update)) return false;
    Y.applyUpdate(this.doc, update);
    return true;
  }

  #isAllowed(update: Uint8Array): boolean {
    const { structs, ds } = Y.decodeUpdate(update);
    const seen = new Set<string>();
    for (const struct of structs) {
      const name = `${struct.id.client}/${struct.id.clock}`;
      const isRepeated = seen.has(name);
      seen.add(name);
      if (struct instanceof Y.Item && !(isRepeated && this.#check === 'first') && !this.#mayWrite(struct)) return false;
    }
    for (const [client, ranges] of ds.clients)
      for (const { clock } of ranges) if (!this.#mayWriteAt(Y.createID(client, clock))) return false;
    return true;
  }

  #mayWrite({ id, origin, rightOrigin, parent, parentSub }: Y.Item): boolean {
    const known = this.#check === 'known' && this.#find(id);
    if (known) return this.#mayWriteAt(id);
    const neighbour = this.#check === 'names' ? null : (origin ?? rightOrigin);
    if (neighbour) return this.#mayWriteAt(neighbour);
    return typeof parent !== 'string' || mayChange('agent', 'agent-1', parent, parentSub ?? '', 'set');
  }

  /** What isn't there belongs to nobody yet. */
  #mayWriteAt(id: Y.ID): boolean {
    const item = this.#find(id);
    const root = item && ROOTS.find((name) => this.doc.getMap(name) === item.parent);
    return !root || mayChange('agent', 'agent-1', root, item.parentSub ?? '', 'set');
  }

  #find({ client, clock }: Y.ID): Y.Item | undefined {
    if (clock >= Y.getState(this.doc.store, client)) return undefined;
    const structs = this.doc.store.clients.get(client)!;
    const struct = structs[Y.findIndexSS(structs, clock)];
    return struct instanceof Y.Item ? struct : undefined;
  }
}
