import * as Y from 'yjs';
import { ROOTS } from '../protocol/index.js';
import { DocIndex } from './doc-index.js';
import { authorIn, ChangeJudge } from './change-judge.js';
import type { Configuration } from './options.js';
import type { Person } from './token-verifier.js';
import { analyseUpdate, type Analysis, type AnalysisRules, type Change } from './update-analyser.js';
import { decodeUpdate } from './update-decoder.js';
import { encodeUpdate } from './update-encoder.js';
import { UpdateRefusal } from './update-refusal.js';
import type { DecodedUpdate, Section } from './update-types.js';

/** Who sends an update, and with which Yjs client id. */
export interface Writer {
  readonly person: Person;
  /** Bound at the first thing that it sends. */
  clientId: number | undefined;
}

/** How an update came. */
export interface Arrival {
  /** It answers our sync step 1, so that it's everything that the sender has and we lack, and not all of it is its own. */
  solicited: boolean;
  /** What it depends on may still come. */
  patient: boolean;
}

export interface Accepted {
  /** What the sender itself changed; what a seed brings of others isn't in it. */
  changes: readonly Change[];
  /** The doc is another one now. */
  changed: boolean;
  /** Something was left out that may fit later: worth asking again when the doc has changed. */
  incomplete: boolean;
  /** What is another's was left out: what the sender writes from now on may depend on it. */
  left: boolean;
}

export interface IdRegistry {
  /** The connection that writes with this id now. */
  holderOf(clientId: number): Writer | undefined;
  /** The same person's older connection has the id, and has not noticed yet that it is gone. */
  takeOver(holder: Writer): void;
}

/** The one door to a session's doc: an update is decided by role and field before it is applied, whole or not at all. */
export class DocGate {
  readonly doc = new Y.Doc();
  readonly #index: DocIndex;
  readonly #judge: ChangeJudge;
  readonly #limits: Configuration['limits'];
  readonly #registry: IdRegistry;
  /** Whose a Yjs client id is: the person that first wrote with it. */
  readonly #owners = new Map<number, string>();
  /** A consumer's doc has filled this room since it was made. */
  #seeded = false;
  /** At least the size of the doc's state; exact now and then. */
  #bytes = 0;

  constructor(configuration: Pick<Configuration, 'limits' | 'modes'>, registry: IdRegistry) {
    for (const root of ROOTS) this.doc.getMap(root);
    this.#index = new DocIndex(this.doc);
    this.#judge = new ChangeJudge(this.doc, configuration);
    this.#limits = configuration.limits;
    this.#registry = registry;
  }

  /** Applies an update, or what of it can be applied. @throws {UpdateRefusal} nothing of it was applied. */
  accept(bytes: Uint8Array, writer: Writer, arrival: Arrival): Accepted {
    const update = decodeUpdate(bytes, this.#limits);
    this.#bindSolicited(update, writer, arrival);
    const seeding =
      arrival.solicited && writer.person.role === 'consumer' && !this.#seeded && writer.clientId !== undefined;
    const analysis = seeding ? this.#seed(update, writer) : this.#analyse(update, writer, arrival, false);
    this.#checkSize(analysis, writer);
    this.#apply(analysis, writer);
    if (seeding) {
      this.#seeded = true;
      this.#noteOwners(analysis, writer.person.sub);
    }
    return {
      changes: seeding ? [] : analysis.changes,
      changed: analysis.structs.length + analysis.deletes.length > 0,
      // whoever has not said yet with which id it writes is asked again when it has
      incomplete: analysis.incomplete || (analysis.left && writer.clientId === undefined),
      left: analysis.left,
    };
  }

  /** Binds a connection to a Yjs client id. @returns false when the id is another's. */
  bind(writer: Writer, clientId: number): boolean {
    if (writer.clientId !== undefined) return writer.clientId === clientId;
    const owner = this.#owners.get(clientId);
    if (owner !== undefined && owner !== writer.person.sub) return false;
    const holder = this.#registry.holderOf(clientId);
    if (holder) {
      if (holder.person.sub !== writer.person.sub || holder.person.role !== writer.person.role) return false;
      this.#registry.takeOver(holder);
    }
    this.#owners.set(clientId, writer.person.sub);
    writer.clientId = clientId;
    return true;
  }

  destroy(): void {
    this.doc.destroy();
  }

  /** An answer with one writer's structs only is by that writer; with several, the awareness will tell. */
  #bindSolicited({ sections }: DecodedUpdate, writer: Writer, { solicited }: Arrival): void {
    if (!solicited || writer.clientId !== undefined) return;
    const fresh = sections.filter(({ client, structs }) => {
      const last = structs.at(-1);
      return last && last.clock + last.length > this.#index.next(client);
    });
    if (fresh.length === 1) this.bind(writer, fresh[0]!.client);
  }

  /**
   * After a restart the consumer's copy fills the room, with the structs of everyone. A copy that doesn't fit what is here, because
   * an agent was here first and told another story of itself, brings the consumer's own part.
   */
  #seed(update: DecodedUpdate, writer: Writer): Analysis {
    const arrival = { solicited: true, patient: true };
    try {
      return this.#analyse(update, writer, arrival, true);
    } catch (error) {
      if (!(error instanceof UpdateRefusal)) throw error;
      return this.#analyse(update, writer, arrival, false);
    }
  }

  #analyse(update: DecodedUpdate, writer: Writer, arrival: Arrival, seeding: boolean): Analysis {
    const isSeed = (client: number) => seeding && client !== writer.clientId;
    const analysis = analyseUpdate(update, this.#index, this.#rules(writer, arrival, seeding));
    for (const change of analysis.changes)
      if (isSeed(change.client)) this.#judge.checkSeed(change);
      else this.#judge.check(change, writer.person);
    this.#judge.checkCounts(analysis.changes);
    return analysis;
  }

  #rules(writer: Writer, { solicited, patient }: Arrival, seeding: boolean): AnalysisRules {
    return {
      patient: patient || solicited,
      treat: ({ client }: Section) => {
        if (client === writer.clientId) return 'take';
        if (seeding) return this.#registry.holderOf(client) ? 'leave' : 'take';
        if (solicited) return 'leave';
        if (writer.clientId === undefined && this.bind(writer, client)) return 'take';
        throw new UpdateRefusal('identity', 'written with the Yjs id of another');
      },
      mayDelete: (change) => {
        if (this.#judge.mayChange(change, writer.person)) return true;
        // the copy of one who was away repeats what others have deleted
        if (solicited) return seeding && change.client !== writer.clientId;
        throw new UpdateRefusal('rights', `not yours to delete: ${change.root}`);
      },
    };
  }

  #checkSize({ structs, deletes }: Analysis, { person }: Writer): void {
    if (structs.length + deletes.length === 0) return;
    // what agents write leaves the consumer room for its own word
    const most = this.#limits.docBytes * (person.role === 'consumer' ? 1 : 0.75);
    const added = structs.reduce((sum, { content }) => sum + 32 + (content.kind === 'value' ? content.bytes : 0), 0);
    if (this.#bytes + added > most) this.#bytes = Y.encodeStateAsUpdate(this.doc).length;
    if (this.#bytes + added > most) throw new UpdateRefusal('limit', 'the doc is full');
    this.#bytes += added;
  }

  #apply({ structs, deletes }: Analysis, writer: Writer): void {
    if (structs.length + deletes.length === 0) return;
    Y.applyUpdate(this.doc, encodeUpdate(structs, deletes), writer);
    // what is decided can be applied at once: anything else is a mistake of ours, which must not lie in wait
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) throw new Error('an update was not applied whole');
  }

  /** What the seed says of others tells whose their ids are. */
  #noteOwners({ changes }: Analysis, consumer: string): void {
    for (const change of changes)
      if (!this.#owners.has(change.client)) this.#owners.set(change.client, authorIn(change) ?? consumer);
  }
}
