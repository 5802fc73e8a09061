import { createDecoder, readVarString, readVarUint, type Decoder } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { LIMITS } from '../protocol/index.js';
import type { Person } from './token-verifier.js';

interface Entry {
  /** As the client counts. */
  clock: number;
  /** As the others are told: growing over reconnects and restarts too, or they would take a return for old news. */
  told: number;
  /** JSON of the stamped state, or `null` text when it has left. */
  json: string;
}

/** Who is here: one state a connection, with the name and role of its token stamped into it. */
export class Presence {
  readonly #states = new Map<number, Entry>();
  #told = 0;

  /**
   * Takes a connection's own state out of an awareness message; what it echoes of others is left out.
   *
   * @param mayUse whether the connection may speak for that client id.
   * @returns the message for the others, or undefined when there is nothing new. @throws when the bytes are no awareness.
   */
  receive(bytes: Uint8Array, person: Person, mayUse: (clientId: number) => boolean): Uint8Array | undefined {
    const decoder = createDecoder(bytes);
    let changed: number | undefined;
    for (let count = readVarUint(decoder); count > 0; count--) {
      const { clientId, clock, json } = readEntry(decoder);
      const known = this.#states.get(clientId);
      // an echo, or out of date
      if (!mayUse(clientId) || (known && (clock < known.clock || (clock === known.clock && json !== 'null')))) continue;
      this.#states.set(clientId, { clock, told: this.#tick(), json: stamp(json, person) });
      changed = clientId;
    }
    return changed === undefined ? undefined : this.#encode([changed]);
  }

  /** @returns the message that says that this client has left, or undefined when it was not here. */
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

function readEntry(decoder: Decoder): { clientId: number; clock: number; json: string } {
  return { clientId: readVarUint(decoder), clock: readVarUint(decoder), json: readVarString(decoder) };
}

function stamp(json: string, { sub, name, role, color }: Person): string {
  if (json.length > LIMITS.awarenessBytes) throw new RangeError('awareness state too large');
  const state = JSON.parse(json) as unknown;
  if (state === null) return 'null';
  const fields = typeof state === 'object' && !Array.isArray(state) ? state : {};
  return JSON.stringify({ ...fields, user: { id: sub, name, role, color } });
}
