import { createDecoder, readVarString, readVarUint, type Decoder } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import type { Person } from './token-verifier.js';

interface Entry {
  /** As its client counts. */
  clock: number;
  /** As the others are told: growing over reconnects and restarts too, or they would take a return for old news. */
  told: number;
  /** The stamped state, or `null` when it has left. */
  json: string;
}

interface Announced {
  clientId: number;
  clock: number;
  json: string;
}

/** Who is here: one state a connection, with the name and role of its token stamped into it. */
export class Presence {
  readonly #states = new Map<number, Entry>();
  readonly #stateBytes: number;
  #told = 0;

  /** @param stateBytes the largest state of one connection. */
  constructor(stateBytes: number) {
    this.#stateBytes = stateBytes;
  }

  /**
   * Takes a connection's own state out of a message; what the stock client echoes of others is left out without a fuss.
   *
   * @param mayUse whether the connection may speak for that client id.
   * @returns the message for the others, or undefined when there is nothing new.
   */
  receive(
    bytes: Uint8Array,
    person: Person,
    mayUse: (clientId: number) => boolean,
  ): Uint8Array | 'malformed' | 'too-big' | undefined {
    const entries = readEntries(bytes);
    if (!entries) return 'malformed';
    let changed: number | undefined;
    for (const entry of entries) {
      const known = this.#states.get(entry.clientId);
      if (!known && entry.json === 'null') continue;
      if (!mayUse(entry.clientId)) continue;
      if (known && (entry.clock < known.clock || (entry.clock === known.clock && entry.json !== 'null'))) continue;
      if (Buffer.byteLength(entry.json) > this.#stateBytes) return 'too-big';
      const json = stamp(entry.json, person);
      if (json === undefined) return 'malformed';
      this.#states.set(entry.clientId, { clock: entry.clock, told: this.#tick(), json });
      changed = entry.clientId;
    }
    return changed === undefined ? undefined : this.#encode([changed]);
  }

  /** @returns the message that says that this one has left, or undefined when it was not here. */
  remove(clientId: number | undefined): Uint8Array | undefined {
    const entry = clientId === undefined ? undefined : this.#states.get(clientId);
    if (!entry || clientId === undefined) return undefined;
    this.#states.set(clientId, { ...entry, told: this.#tick(), json: 'null' });
    const message = this.#encode([clientId]);
    this.#states.delete(clientId);
    return message;
  }

  /** Everyone, for one who comes. */
  all(): Uint8Array | undefined {
    const here = [...this.#states].filter(([, { json }]) => json !== 'null').map(([clientId]) => clientId);
    return here.length > 0 ? this.#encode(here) : undefined;
  }

  #tick(): number {
    this.#told = Math.max(this.#told + 1, Date.now());
    return this.#told;
  }

  #encode(clients: number[]): Uint8Array {
    const encoder = createEncoder();
    writeVarUint(encoder, clients.length);
    for (const client of clients) {
      const { told, json } = this.#states.get(client)!;
      writeVarUint(encoder, client);
      writeVarUint(encoder, told);
      writeVarString(encoder, json);
    }
    return toUint8Array(encoder);
  }
}

function readEntries(bytes: Uint8Array): Announced[] | undefined {
  try {
    const decoder = createDecoder(bytes);
    const entries: Announced[] = [];
    for (let count = readVarUint(decoder); count > 0; count--) entries.push(readEntry(decoder));
    return entries;
  } catch {
    return undefined;
  }
}

function readEntry(decoder: Decoder): Announced {
  return { clientId: readVarUint(decoder), clock: readVarUint(decoder), json: readVarString(decoder) };
}

/** The state with who it really is, whatever it says of itself; undefined when it isn't a state. */
function stamp(json: string, { sub, name, role, color }: Person): string | undefined {
  try {
    const state = JSON.parse(json) as unknown;
    if (state === null) return 'null';
    if (typeof state !== 'object' || Array.isArray(state)) return undefined;
    return JSON.stringify({ ...state, user: { id: sub, name, role, color } });
  } catch {
    return undefined;
  }
}
