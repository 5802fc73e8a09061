import * as Y from 'yjs';
import { writeVarUint } from 'lib0/encoding';
import { DECISIONS, MODES, STATUSES } from '../../protocol/index.js';
import type { Random } from './random.js';
import { request, stroke } from './rig.js';
import { forge, type Forged, type ForgedDeletes, type ForgedStruct } from './updates.js';

/** Who attacks. */
export const ATTACKER = 'agent-3';
const others = ['agent-1', 'agent-2', 'consumer-1'];
/** Of fields that are its own: nearly all, or nothing that has several would ever get far. */
const ownShare = 0.9;

/** Makes what an attacker may send, most of it close to what would be accepted: an agent with all the bytes it wants. */
export class HostileBytes {
  readonly #random: Random;
  readonly #doc: Y.Doc;
  /** What others have sent lately, for replays. */
  readonly seen: Uint8Array[] = [];

  /** @param doc what there is to attack. */
  constructor(random: Random, doc: Y.Doc) {
    this.#random = random;
    this.#doc = doc;
  }

  /** @param own the attacker's Yjs client id. */
  next(own: number): Uint8Array {
    const dice = this.#random.below(100);
    if (dice < 55) return this.#forged(own);
    if (dice < 75) return this.#spoiled(this.#written(own));
    if (dice < 80) return this.#written(own);
    if (dice < 90 && this.seen.length > 0) return this.#spoiled(this.#random.pick(this.seen));
    if (dice < 97) return this.#spoiled(this.#forged(own));
    return this.#random.bytes(this.#random.below(60));
  }

  /** By Yjs, in a doc that has everything: its own fields for the most part. */
  #written(own: number): Uint8Array {
    const doc = new Y.Doc({ guid: 'attacker' });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#doc));
    doc.clientID = own;
    doc.transact(() => {
      for (let i = this.#random.below(3); i >= 0; i--) {
        const { root, key, value } = this.#entry(0.02);
        if (this.#random.chance(0.2)) doc.getMap(root).delete(key);
        else doc.getMap(root).set(key, value);
      }
    });
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(this.#doc));
    doc.destroy();
    return update;
  }

  #spoiled(update: Uint8Array): Uint8Array {
    let bytes = update.slice();
    for (let i = this.#random.below(4); i > 0 && bytes.length > 0; i--) {
      const at = this.#random.below(bytes.length);
      const dice = this.#random.below(10);
      if (dice < 5) bytes[at] = this.#random.below(256);
      else if (dice < 7) bytes[at]! ^= 1 << this.#random.below(8);
      else if (dice < 8) bytes = bytes.slice(0, at);
      else if (dice < 9) bytes = Uint8Array.from([...bytes.slice(0, at), this.#random.below(256), ...bytes.slice(at)]);
      else bytes = Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + 1)]);
    }
    return bytes;
  }

  #forged(own: number): Uint8Array {
    const sections = this.#random.chance(0.8) ? [this.#section(own)] : this.#random.list(2, () => this.#section(own));
    return forge(sections, this.#random.chance(0.3) ? this.#deletes(own) : {});
  }

  #client(own: number): number {
    if (this.#random.chance(0.85)) return own;
    const known = [...this.#doc.store.clients.keys()];
    return this.#random.chance(0.9) && known.length > 0 ? this.#random.pick(known) : this.#random.below(2 ** 32);
  }

  /** Most often the clock that comes next, or close to it. */
  #clock(client: number): number {
    const next = Y.getState(this.#doc.store, client);
    return Math.max(0, next + this.#random.pick([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -2, -3, 1, 5]));
  }

  #section(own: number): Forged {
    const client = this.#client(own);
    const structs = this.#random.list(3, () => this.#struct(own));
    const claimed = this.#random.chance(0.03) ? this.#random.pick([0, 1, 5, 30_000_000]) : structs.length;
    return { client, clock: this.#clock(client), structs, claimed };
  }

  #struct(own: number): ForgedStruct {
    const { root, key, value } = this.#entry(0.08);
    const origin = this.#random.chance(0.35) ? { origin: this.#id(own) } : {};
    const right = this.#random.chance(0.2) ? { right: this.#random.chance(0.3) && origin.origin ? origin.origin : this.#id(own) } : {}; // prettier-ignore
    const struct: ForgedStruct = { root, key, ...origin, ...right };
    const dice = this.#random.below(100);
    if (dice < 12) return { ...struct, deleted: this.#random.pick([0, 1, 1, 1, 2, 3]) };
    if (dice < 18) return { ...struct, values: this.#random.list(3, () => value) };
    if (dice < 20) return this.#odd(struct, own);
    return { ...struct, values: [value] };
  }

  /** Of a kind that a flat doc doesn't have, or with a parent that isn't a root. */
  #odd(struct: ForgedStruct, own: number): ForgedStruct {
    const raw: ForgedStruct['raw'] = (encoder) => writeVarUint(encoder, 1 + this.#random.below(9));
    return this.#random.pick<ForgedStruct>([
      { info: 0, raw },
      { info: 10, raw },
      { ...struct, info: this.#random.below(256), raw },
      { key: 'x', parent: this.#id(own), values: [1] },
      { root: 'annotations', values: [stroke('agent-1:1')] },
      { ...struct, root: 'elsewhere', values: [1] },
    ]);
  }

  #id(own: number): [number, number] {
    const client = this.#client(own);
    const next = Y.getState(this.#doc.store, client);
    return [client, this.#random.below(next + (this.#random.chance(0.1) ? 2 : 0))];
  }

  #deletes(own: number): ForgedDeletes {
    const lists = this.#random.list(2, () => {
      const [client, clock] = this.#id(own);
      const range: ForgedDeletes[number][number] = [clock, this.#random.pick([1, 1, 1, 1, 1, 1, 1, 2, 3, 0, 50])];
      return [client, this.#random.chance(0.9) ? [range] : [range, this.#id(own)]] as [number, ForgedDeletes[number]];
    });
    return Object.fromEntries(lists);
  }

  /** @param wrong the share of values that aren't any. */
  #entry(wrong: number): { root: string; key: string; value: unknown } {
    const isOwn = this.#random.chance(ownShare);
    const key = `${isOwn ? ATTACKER : this.#random.pick(others)}:${this.#random.below(4)}`;
    const spoil = (value: unknown) => (this.#random.chance(wrong) ? this.#nonsense(value) : value);
    const dice = this.#random.below(100);
    if (dice < 50) return { root: 'annotations', key, value: spoil({ ...stroke(key), width: 1 + this.#random.below(9) }) }; // prettier-ignore
    if (isOwn || dice < 75) return { root: 'requests', key, value: spoil(request(key)) };
    if (dice < 80) return { root: 'answers', key, value: spoil({ decision: this.#random.pick(DECISIONS), at: 1 }) };
    if (dice < 90) return { root: 'session', key: 'mode', value: spoil(this.#random.pick(MODES)) };
    return { root: 'session', key: 'status', value: spoil(this.#random.pick(STATUSES)) };
  }

  #nonsense(value: unknown): unknown {
    let deep: unknown = 1;
    for (let i = this.#random.below(200); i > 0; i--) deep = [deep];
    const spread = typeof value === 'object' ? value : {};
    return this.#random.pick<unknown>([
      null,
      undefined,
      7,
      'x'.repeat(this.#random.below(2000)),
      deep,
      { ...spread, id: 'agent-2:1' },
      { ...spread, agent: { id: 'consumer-1', name: 'The Bank' } },
      { ...spread, deep },
      new Uint8Array(3),
    ]);
  }
}
