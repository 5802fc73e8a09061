import assert from 'node:assert/strict';
import * as Y from 'yjs';
import { LIMITS, MODES, ROOTS, STATUSES, type Role } from '../../protocol/index.js';
import { DocGate, type Accepted, type Arrival, type Writer } from '../doc-gate.js';
import type { Random } from './random.js';
import { request, stroke } from './rig.js';

/** Limits that a fuzzer does not want to meet by chance. */
const limits = { ...LIMITS, nestingDepth: 6 };

/** `root/key`. */
export type Field = string;

/** A gate, and those who write through it. */
export class FuzzRoom {
  readonly people = new Map<string, HonestPerson>();
  readonly gate: DocGate;
  readonly #writers: Writer[] = [];
  /** What Yjs has changed in the gate's doc since this was last emptied. */
  readonly touched = new Set<Field>();

  constructor(random: Random) {
    this.gate = new DocGate(
      { limits, modes: MODES },
      {
        holderOf: (clientId) => this.#writers.find((writer) => writer.clientId === clientId),
        takeOver: (holder) => (holder.clientId = undefined),
      },
    );
    noteTouched(this.gate.doc, this.touched);
    this.gate.doc.on('update', (update: Uint8Array, origin: unknown) => {
      for (const person of this.people.values()) if (person.writer !== origin) person.inbox.push(update);
    });
    for (const [sub, role] of [['consumer-1', 'consumer'], ['agent-1', 'agent'], ['agent-2', 'agent']] as const)
      this.people.set(sub, new HonestPerson(this.createWriter(sub, role), this.gate, random)); // prettier-ignore
  }

  createWriter(sub: string, role: Role): Writer {
    const person = { sub, name: sub, role, session: 's', color: '#000000', exp: 0 };
    const writer: Writer = { person, clientId: undefined };
    this.#writers.push(writer);
    return writer;
  }

  destroy(): void {
    this.gate.destroy();
    for (const { doc } of this.people.values()) doc.destroy();
  }
}

/** Notes the fields that Yjs says that it changes. */
export function noteTouched(doc: Y.Doc, touched: Set<Field>): void {
  const roots = new Map<unknown, string>(ROOTS.map((root) => [doc.getMap(root), root]));
  doc.on('afterTransaction', ({ changed }: Y.Transaction) => {
    for (const [type, keys] of changed)
      for (const key of keys) touched.add(`${roots.get(type) ?? 'elsewhere'}/${String(key)}`);
  });
}

export function fieldsOf({ changes }: Accepted): Set<Field> {
  return new Set(changes.map(({ root, key }) => `${root}/${key}`));
}

export function same(actual: ReadonlySet<Field>, expected: ReadonlySet<Field>, what: string): void {
  assert.deepEqual([...actual].sort(), [...expected].sort(), what);
}

/** Writes with Yjs itself what its role may, in all the ways that it may; as the stock provider does. */
export class HonestPerson {
  readonly writer: Writer;
  readonly inbox: Uint8Array[] = [];
  readonly outbox: Uint8Array[] = [];
  readonly #gate: DocGate;
  readonly #random: Random;
  doc!: Y.Doc;
  #undo!: Y.UndoManager;

  constructor(writer: Writer, gate: DocGate, random: Random) {
    this.writer = writer;
    this.#gate = gate;
    this.#random = random;
    this.#load();
  }

  /** Its page is loaded anew: another doc with another id, which begins with what the server has. */
  reload(): void {
    this.writer.clientId = undefined;
    this.#undo.destroy();
    this.doc.destroy();
    this.#load();
    this.inbox.length = this.outbox.length = 0;
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.#gate.doc), this.#gate);
  }

  /** It was away, and is back: all that the server lacks, in one update. */
  reconnect(): { update: Uint8Array; arrival: Arrival } {
    this.writer.clientId = undefined;
    this.inbox.length = this.outbox.length = 0;
    // the presence may come before the answer, or after it
    if (this.#random.chance(0.7)) assert.ok(this.#gate.bind(this.writer, this.doc.clientID));
    const update = Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.#gate.doc));
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.#gate.doc), this.#gate);
    return { update, arrival: { solicited: true, patient: true } };
  }

  read(most: number): void {
    for (const update of this.inbox.splice(0, most)) Y.applyUpdate(this.doc, update, this.#gate);
    assert.equal(this.doc.store.pendingStructs, null, 'an honest doc has all that it was sent');
    assert.equal(this.doc.store.pendingDs, null);
  }

  edit(): void {
    const random = this.#random;
    const { role } = this.writer.person;
    const dice = random.below(100);
    if (dice < 8) this.#undo.undo();
    else if (dice < 12) this.#undo.redo();
    else if (dice < 20 && role === 'consumer') this.doc.transact(() => this.#trash());
    else if (dice < 32) this.doc.transact(() => random.list(5, () => this.#write()), 'mine');
    else this.doc.transact(() => this.#write(), 'mine');
    if (random.chance(0.3)) this.#undo.stopCapturing();
  }

  #load(): void {
    this.doc = new Y.Doc();
    // by the seed too
    this.doc.clientID = this.#random.below(2 ** 32);
    this.#undo = new Y.UndoManager(this.doc.getMap('annotations'), { trackedOrigins: new Set(['mine']) });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this.#gate) this.outbox.push(update);
    });
  }

  #write(): void {
    const { sub, role } = this.writer.person;
    const random = this.#random;
    const [session, requests, answers, annotations] = ROOTS.map((root) => this.doc.getMap(root));
    const key = `${sub}:${random.below(4)}`;
    const what = random.below(10);
    if (what <= 3) annotations!.set(key, { ...stroke(key), width: 1 + random.below(30) });
    else if (what === 4) annotations!.delete(key);
    else if (role === 'agent' && what <= 7) requests!.set(key, request(key));
    else if (role === 'agent') requests!.delete(key);
    else if (what <= 6) session!.set('status', random.pick(STATUSES));
    else if (what === 7) session!.set('mode', random.pick([...MODES, null]));
    else if (what === 8) this.#answer(answers!, `agent-${1 + random.below(2)}:${random.below(4)}`);
    else annotations!.delete(key);
  }

  /** The consumer's, of anyone's strokes. It can't be undone: the strokes are not its own to write. */
  #trash(): void {
    const annotations = this.doc.getMap('annotations');
    for (const drawn of [...annotations.keys()]) if (this.#random.chance(0.5)) annotations.delete(drawn);
  }

  #answer(answers: Y.Map<unknown>, key: string): void {
    if (this.#random.chance(0.4)) answers.delete(key);
    else answers.set(key, { decision: 'allow', at: this.#random.below(9) });
  }
}
