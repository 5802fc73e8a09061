import * as Y from 'yjs';
import { isValidEntry, LIMITS, mayChange, requestSpeaksFor, ROOTS, type RequestEntry } from '../protocol/index.js';
import type { Person } from './token-verifier.js';
import { analyse, decode, onlyOf, UpdateRefusal, type Analysis, type Change } from './update-analyser.js';

/** Who sends an update, and with which Yjs client id. */
export interface Writer {
  readonly person: Person;
  /** Bound at the first thing that it sends. */
  clientId: number | undefined;
}

export type GateResult = { ok: true } | { ok: false; later: boolean; reason: string };

/**
 * The one door to a session's doc: an update is decided by role and field before it is applied, whole or not at all.
 */
export class DocGate {
  readonly doc = new Y.Doc();
  /** Whose a Yjs client id is: the person that first wrote with it. */
  readonly #owners = new Map<number, string>();
  readonly #isTaken: (clientId: number, writer: Writer) => boolean;
  /** A consumer's doc has filled this room since it was made. */
  #seeded = false;

  /** @param isTaken whether another live connection writes with this id. */
  constructor(isTaken: (clientId: number, writer: Writer) => boolean) {
    this.#isTaken = isTaken;
    for (const root of ROOTS) this.doc.getMap(root);
  }

  /**
   * @param joining the answer to the server's sync step 1: what the doc lacks. There, what an agent knows of others is left
   * out instead of refused, and the first consumer may bring everything.
   */
  accept(update: Uint8Array, writer: Writer, joining: boolean): GateResult {
    try {
      const seeding = joining && writer.person.role === 'consumer' && !this.#seeded;
      const bytes = joining && !seeding ? this.#ownPart(update, writer) : update;
      const analysis = analyse(this.doc, decode(bytes));
      const reason = this.#whyNot(analysis, writer, seeding);
      if (reason) return { ok: false, later: false, reason };
      Y.applyUpdate(this.doc, bytes, writer);
      if (seeding) this.#seeded = true;
      return { ok: true };
    } catch (error) {
      if (error instanceof UpdateRefusal)
        return { ok: false, later: error.reason === 'missing', reason: error.message };
      return { ok: false, later: false, reason: 'undecodable' };
    }
  }

  /** Binds a connection to a Yjs client id, or says that it is another's. */
  bind(writer: Writer, clientId: number): boolean {
    if (writer.clientId === clientId) return true;
    if (writer.clientId !== undefined || this.#isTaken(clientId, writer)) return false;
    const owner = this.#owners.get(clientId);
    if (owner !== undefined && owner !== writer.person.sub) return false;
    this.#owners.set(clientId, writer.person.sub);
    writer.clientId = clientId;
    return true;
  }

  destroy(): void {
    this.doc.destroy();
  }

  #ownPart(update: Uint8Array, writer: Writer): Uint8Array {
    const decoded = decode(update);
    const clients = new Set(decoded.structs.map((struct) => struct.id.client));
    // one that has said nothing of itself yet, and knows of nobody else
    if (writer.clientId === undefined && clients.size === 1) this.bind(writer, clients.values().next().value!);
    return onlyOf(this.doc, writer.clientId, decoded);
  }

  #whyNot({ changes, newClients }: Analysis, writer: Writer, seeding: boolean): string | undefined {
    if (!seeding) {
      for (const client of newClients) if (!this.bind(writer, client)) return 'written with the id of another';
    }
    if (Y.encodeStateVector(this.doc).length > LIMITS.docBytes / 16) return 'too many writers';
    for (const change of changes) {
      const reason = this.#whyNotChange(change, writer, seeding);
      if (reason) return `${reason}: ${change.root}`;
    }
    return this.#whyTooMuch(changes);
  }

  #whyNotChange({ root, key, kind, value }: Change, { person }: Writer, seeding: boolean): string | undefined {
    if (!seeding && !mayChange(person.role, person.sub, root, key, kind)) return 'not yours to write';
    if (kind === 'delete') return undefined;
    if (!isValidEntry(root, key, value)) return 'not in the schema';
    if (!seeding && root === 'requests' && !requestSpeaksFor(value as RequestEntry, person))
      return 'speaks for another';
    return undefined;
  }

  #whyTooMuch(changes: readonly Change[]): string | undefined {
    const added = (root: 'requests' | 'annotations') =>
      this.doc.getMap(root).size + changes.filter((change) => change.root === root && change.kind === 'set').length;
    if (added('requests') > LIMITS.requestsPerSession * 2) return 'too many requests';
    return added('annotations') > LIMITS.strokesPerSession * 2 ? 'too many strokes' : undefined;
  }
}
