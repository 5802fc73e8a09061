import assert from 'node:assert/strict';
import * as Y from 'yjs';
import { authorOf, isValidEntry, ROOTS } from '../../protocol/index.js';
import type { Arrival, Writer } from '../doc-gate.js';
import { UpdateRefusal } from '../update-refusal.js';
import { fieldsOf, FuzzRoom, same } from './fuzz-room.js';
import { ATTACKER, HostileBytes } from './hostile-bytes.js';
import { Random } from './random.js';

const attacksPerRoom = 100;

export interface HostileResult {
  updates: number;
  accepted: number;
  refused: Record<string, number>;
}

/**
 * An agent that sends any bytes, beside others that are honest: nothing changes but what is its own to write, what is
 * changed is what the analyser has found, nothing lies in wait, and nobody else is ever disturbed.
 */
export function fuzzHostile(seed: number, updates: number): HostileResult {
  const random = new Random(seed);
  const result: HostileResult = { updates: 0, accepted: 0, refused: {} };
  while (result.updates < updates) new HostileRoom(random, result).run();
  return result;
}

class HostileRoom {
  readonly #random: Random;
  readonly #result: HostileResult;
  readonly #room: FuzzRoom;
  readonly #attacker: Writer;
  readonly #bytes: HostileBytes;
  /** A peer that gets what is sent on, and nothing else. */
  readonly #replica = new Y.Doc();
  #own = 0;
  /** What is not the attacker's, before an attack. */
  #before = '';

  constructor(random: Random, result: HostileResult) {
    this.#random = random;
    this.#result = result;
    this.#room = new FuzzRoom(random);
    const { gate } = this.#room;
    gate.doc.on('update', (update: Uint8Array) => Y.applyUpdate(this.#replica, update));
    this.#bytes = new HostileBytes(random, gate.doc);
    this.#attacker = this.#room.createWriter(ATTACKER, 'agent');
  }

  run(): void {
    const people = [...this.#room.people.values()];
    for (let i = 0; i < 12; i++) this.#goOn(people[i % 3]!);
    this.#before = this.#foreign();
    for (let i = 0; i < attacksPerRoom; i++) {
      this.#attack();
      if (!this.#random.chance(0.15)) continue;
      this.#goOn(this.#random.pick(people));
      this.#before = this.#foreign();
    }
    for (const person of people) person.read(Infinity);
    this.#agree([this.#replica, ...people.map(({ doc }) => doc)]);
    this.#room.destroy();
    this.#replica.destroy();
  }

  /** Honest people read what came of it, and write; they are never refused for what another did. */
  #goOn(person: ReturnType<FuzzRoom['people']['get']> & object): void {
    person.read(Infinity);
    person.edit();
    for (const update of person.outbox.splice(0)) {
      this.#room.gate.accept(update, person.writer, { solicited: false, patient: false });
      this.#bytes.seen.push(update);
    }
  }

  #attack(): void {
    const { gate, touched } = this.#room;
    // a connection that was closed comes back with an id of its own
    if (this.#attacker.clientId === undefined && this.#random.chance(0.5)) this.#own = this.#random.below(2 ** 32);
    const update = this.#bytes.next(this.#own);
    const states = this.#states();
    touched.clear();
    this.#result.updates++;
    try {
      const accepted = gate.accept(update, this.#attacker, this.#arrival());
      if (accepted.changed) this.#result.accepted++;
      same(touched, fieldsOf(accepted), 'what was changed, and announced');
    } catch (error) {
      if (!(error instanceof UpdateRefusal)) throw error;
      this.#result.refused[error.reason] = (this.#result.refused[error.reason] ?? 0) + 1;
      assert.equal(touched.size, 0, 'refused as a whole');
      this.#attacker.clientId = undefined;
    }
    assert.equal(this.#foreign(), this.#before, 'what is another’s');
    this.#checkStore(states, this.#attacker.clientId);
    if (touched.size > 0) this.#checkValues();
  }

  /** The next clock of each Yjs client. */
  #states(): Map<number, number> {
    const { store } = this.#room.gate.doc;
    return new Map([...store.clients.keys()].map((client) => [client, Y.getState(store, client)]));
  }

  #arrival(): Arrival {
    const solicited = this.#random.chance(0.3);
    return { solicited, patient: solicited || this.#random.chance(0.3) };
  }

  /** All that isn't the attacker's. */
  #foreign(): string {
    return JSON.stringify(
      ROOTS.map((root) =>
        [...this.#room.gate.doc.getMap(root)]
          .filter(([key]) => root === 'session' || root === 'answers' || authorOf(key) !== ATTACKER)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    );
  }

  /** Nothing lies in wait, and new structs are the sender's alone. */
  #checkStore(before: Map<number, number>, clientId: number | undefined): void {
    const { store } = this.#room.gate.doc;
    assert.equal(store.pendingStructs, null);
    assert.equal(store.pendingDs, null);
    for (const [client, state] of this.#states())
      if (client !== clientId) assert.equal(state, before.get(client), 'structs of another');
  }

  #checkValues(): void {
    for (const root of ROOTS)
      for (const [key, value] of this.#room.gate.doc.getMap(root))
        assert.ok(isValidEntry(root, key, value), `${root}/${key}`);
    assert.equal(this.#room.gate.doc.share.size, ROOTS.length);
  }

  #agree(docs: Y.Doc[]): void {
    for (const doc of docs)
      for (const root of ROOTS) assert.deepEqual(doc.getMap(root).toJSON(), this.#room.gate.doc.getMap(root).toJSON());
  }
}
