import assert from 'node:assert/strict';
import * as Y from 'yjs';
import { ROOTS } from '../../protocol/index.js';
import type { Arrival } from '../doc-gate.js';
import { fieldsOf, FuzzRoom, noteTouched, same, type Field, type HonestPerson } from './fuzz-room.js';
import { Random } from './random.js';

const updatesPerRoom = 150;

export interface HonestResult {
  updates: number;
  /** Fields that were changed in all. */
  fields: number;
}

/**
 * Honest traffic, in any order that a network can give it: nothing is refused, and the fields that the analyser finds are exactly
 * those that Yjs changes, with the bytes as they were sent, in a doc beside ours.
 */
export function fuzzHonest(seed: number, updates: number): HonestResult {
  const random = new Random(seed);
  const result: HonestResult = { updates: 0, fields: 0 };
  while (result.updates < updates) new HonestRoom(random, result).run();
  return result;
}

class HonestRoom {
  readonly #random: Random;
  readonly #result: HonestResult;
  readonly #room: FuzzRoom;
  /** What comes is applied here as it is. */
  readonly #plain = new Y.Doc();
  readonly #plainTouched = new Set<Field>();
  readonly #people: HonestPerson[];

  constructor(random: Random, result: HonestResult) {
    this.#random = random;
    this.#result = result;
    this.#room = new FuzzRoom(random);
    this.#people = [...this.#room.people.values()];
    noteTouched(this.#plain, this.#plainTouched);
  }

  run(): void {
    const end = this.#result.updates + updatesPerRoom;
    this.#seed();
    while (this.#result.updates < end) this.#step(this.#random.pick(this.#people));
    this.#room.destroy();
    this.#plain.destroy();
  }

  /** The consumer comes first; what its copy brings counts as nobody's change. */
  #seed(): void {
    const consumer = this.#people[0]!;
    assert.ok(this.#room.gate.bind(consumer.writer, consumer.doc.clientID));
    for (let i = this.#random.below(6); i > 0; i--) consumer.edit();
    const update = Y.encodeStateAsUpdate(consumer.doc);
    consumer.outbox.length = 0;
    const { changes } = this.#room.gate.accept(update, consumer.writer, { solicited: true, patient: true });
    assert.deepEqual(changes, []);
    Y.applyUpdate(this.#plain, update);
    this.#agree();
  }

  #step(person: HonestPerson): void {
    const dice = this.#random.below(100);
    if (dice < 60) person.edit();
    else if (dice < 75) person.read(1 + this.#random.below(5));
    else if (dice < 95) this.#flush(person);
    else if (dice < 98) this.#reconnect(person);
    else {
      this.#flush(person);
      person.reload();
    }
  }

  #flush(person: HonestPerson): void {
    const updates = person.outbox.splice(0);
    const isOne = updates.length > 1 && this.#random.chance(0.2);
    for (const update of isOne ? [Y.mergeUpdates(updates)] : updates)
      this.#send(person, update, { solicited: false, patient: false });
  }

  #reconnect(person: HonestPerson): void {
    for (let i = this.#random.below(4); i > 0; i--) person.edit();
    const { update, arrival } = person.reconnect();
    this.#send(person, update, arrival);
  }

  #send({ writer }: HonestPerson, update: Uint8Array, arrival: Arrival): void {
    this.#room.touched.clear();
    this.#plainTouched.clear();
    const accepted = this.#room.gate.accept(update, writer, arrival);
    Y.applyUpdate(this.#plain, update);
    same(fieldsOf(accepted), this.#plainTouched, 'announced, and what plain Yjs changed');
    same(this.#room.touched, this.#plainTouched, 'what our doc changed, and plain Yjs');
    assert.equal(accepted.incomplete, false);
    this.#result.updates++;
    this.#result.fields += this.#plainTouched.size;
    if (this.#result.updates % 10 === 0) this.#agree();
  }

  #agree(): void {
    for (const root of ROOTS)
      assert.deepEqual(this.#room.gate.doc.getMap(root).toJSON(), this.#plain.getMap(root).toJSON());
    assert.deepEqual(Y.encodeStateVector(this.#room.gate.doc), Y.encodeStateVector(this.#plain));
  }
}
