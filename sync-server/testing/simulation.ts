import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { readSyncMessage as applySyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import { createDecoder, readVarUint } from 'lib0/decoding';
import { createEncoder, length, toUint8Array, writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import type { Role } from '../../protocol/index.js';
import { resolveOptions } from '../options.js';
import { Peer } from '../peer.js';
import { SyncRoom } from '../sync-room.js';
import { presenceMessage } from './updates.js';

const configuration = resolveOptions({ secret: 'x', limits: { syncMessagesPerSecond: 1e9, awarenessPerSecond: 1e9 } });

/** A socket whose messages wait until somebody delivers them: the network of a property test. */
class Wire extends EventEmitter {
  readyState = 1;
  bufferedAmount = 0;
  closedWith: string | undefined;
  readonly down: Uint8Array[] = [];
  readonly up: Uint8Array[] = [];

  send(bytes: Uint8Array): void {
    this.down.push(bytes);
  }

  close(_code: number, reason: string): void {
    this.closedWith = reason;
    this.readyState = 3;
    this.emit('close');
  }

  terminate(): void {
    this.close(1006, 'terminated');
  }
}

/** A participant that behaves as the stock provider does, message by message. */
export class Actor {
  readonly sub: string;
  readonly role: Role;
  doc = new Y.Doc();
  wire: Wire | undefined;
  #peer: Peer | undefined;
  #room: SyncRoom | undefined;

  constructor(sub: string, role: Role) {
    this.sub = sub;
    this.role = role;
    this.#watch();
  }

  connect(room: SyncRoom): void {
    const wire = new Wire();
    const person = { sub: this.sub, name: this.sub, role: this.role, session: 's', color: '#000000', exp: 0 };
    this.wire = wire;
    this.#room = room;
    this.#peer = new Peer(wire as unknown as WebSocket, person, 1e9);
    room.join(this.#peer);
    wire.up.push(
      sync((encoder) => writeSyncStep1(encoder, this.doc)),
      presenceMessage(this.doc.clientID, 1, {}),
    );
  }

  disconnect(): void {
    if (this.#peer) this.#room?.leave(this.#peer);
    this.wire = this.#peer = undefined;
  }

  /** The page is loaded anew: another doc, with another Yjs id. */
  reload(): void {
    this.disconnect();
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.#watch();
  }

  /** @returns whether there was one. */
  deliverUp(): boolean {
    const message = this.wire?.up.shift();
    if (message) this.#room!.receive(this.#peer!, message);
    return message !== undefined;
  }

  deliverDown(): boolean {
    const wire = this.wire;
    const message = wire?.down.shift();
    if (!wire || !message) return false;
    const decoder = createDecoder(message);
    if (readVarUint(decoder) !== 0) return true;
    const answer = sync((encoder) => applySyncMessage(decoder, encoder, this.doc, this));
    if (answer.length > 1) wire.up.push(answer);
    return true;
  }

  #watch(): void {
    const { doc } = this;
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.wire?.up.push(sync((encoder) => writeUpdate(encoder, update)));
    });
  }
}

function sync(write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, 0);
  write(encoder);
  return length(encoder) > 0 ? toUint8Array(encoder) : new Uint8Array();
}

/** A room of the server, and what it refused. */
export function createRoom(): { room: SyncRoom; refused: string[] } {
  const refused: string[] = [];
  const room = new SyncRoom(
    {
      refused: (peer, name, reason) => refused.push(`${peer.person.sub}: ${name}: ${reason}`),
      changed: () => undefined,
      decided: () => undefined,
    },
    configuration,
  );
  return { room, refused };
}
