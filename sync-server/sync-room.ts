import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import * as Y from 'yjs';
import { type CloseName } from '../protocol/index.js';
import { DocGate, type Writer } from './doc-gate.js';
import type { Peer } from './peer.js';
import { Presence } from './presence.js';
import type { Limits } from './options.js';
import { Rate } from './rate.js';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const STEP_1 = 0;
const STEP_2 = 1;

/** A peer of the doc, and what is known of it. */
interface Member extends Writer {
  readonly peer: Peer;
  readonly messages: Rate;
  readonly presences: Rate;
  /** Updates that came before what they depend on; undefined once it has joined. */
  held: Uint8Array[] | undefined;
}

export interface RoomEvents {
  /** A refused update or message: to be counted and logged; the peer is closed with `name`. */
  refused(peer: Peer, name: CloseName, reason: string): void;
  /** The doc changed. */
  changed(doc: Y.Doc): void;
}

/** The doc's side of a session: the y-websocket protocol, behind the gate. */
export class SyncRoom {
  readonly #members = new Map<Peer, Member>();
  readonly #presence = new Presence();
  readonly #events: RoomEvents;
  readonly #limits: Limits;
  readonly gate: DocGate;

  constructor(events: RoomEvents, limits: Limits) {
    this.#events = events;
    this.#limits = limits;
    this.gate = new DocGate((clientId, writer) => this.#isTaken(clientId, writer));
    this.gate.doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.#broadcast(syncMessage(2, update), origin as Member);
      events.changed(this.gate.doc);
    });
  }

  get size(): number {
    return this.#members.size;
  }

  join(peer: Peer): void {
    const { syncMessagesPerSecond, awarenessPerSecond } = this.#limits;
    this.#members.set(peer, {
      peer,
      person: peer.person,
      clientId: undefined,
      held: [],
      messages: new Rate(syncMessagesPerSecond),
      presences: new Rate(awarenessPerSecond),
    });
    this.#send(peer, syncMessage(STEP_1, Y.encodeStateVector(this.gate.doc)));
    const everyone = this.#presence.all();
    if (everyone) this.#send(peer, awarenessMessage(everyone));
  }

  leave(peer: Peer): void {
    const member = this.#members.get(peer);
    this.#members.delete(peer);
    const gone = this.#presence.remove(member?.clientId);
    if (gone) this.#broadcast(awarenessMessage(gone));
  }

  receive(peer: Peer, bytes: Uint8Array): void {
    const member = this.#members.get(peer);
    if (!member) return;
    if (!member.messages.take()) return this.#refuse(member, 'rate-limited', 'too many messages');
    try {
      this.#read(member, bytes);
    } catch (error) {
      this.#refuse(member, 'bad-request', error instanceof Error ? error.message : 'undecodable');
    }
  }

  /** The stock client leaves a server that says nothing for 30 s. */
  keepAlive(now: number): void {
    const nothing = Uint8Array.of(AWARENESS, 1, 0);
    for (const { peer } of this.#members.values())
      if (now - peer.lastSent >= this.#limits.keepAliveMilliseconds) this.#send(peer, nothing);
  }

  destroy(): void {
    this.gate.destroy();
  }

  #read(member: Member, bytes: Uint8Array): void {
    const decoder = createDecoder(bytes);
    switch (readVarUint(decoder)) {
      case SYNC: {
        const type = readVarUint(decoder);
        const payload = readVarUint8Array(decoder);
        if (type === STEP_1)
          this.#send(member.peer, syncMessage(STEP_2, Y.encodeStateAsUpdate(this.gate.doc, payload)));
        else this.#update(member, payload, type === STEP_2);
        break;
      }
      case AWARENESS:
        this.#receivePresence(member, readVarUint8Array(decoder));
        break;
      case QUERY_AWARENESS: {
        const everyone = this.#presence.all();
        if (everyone) this.#send(member.peer, awarenessMessage(everyone));
        break;
      }
      default:
        this.#refuse(member, 'bad-request', 'unknown message');
    }
  }

  #update(member: Member, update: Uint8Array, joining: boolean): void {
    const result = this.gate.accept(update, member, joining);
    if (!result.ok && result.later && member.held && !joining) {
      if (member.held.push(update) > this.#limits.pendingUpdates)
        this.#refuse(member, 'update-refused', 'too many pending updates');
      return;
    }
    if (!result.ok) return this.#refuse(member, 'update-refused', result.reason);
    if (joining) this.#releaseHeld(member);
  }

  #releaseHeld(member: Member): void {
    const held = member.held ?? [];
    member.held = undefined;
    for (const update of held) this.#update(member, update, false);
  }

  #receivePresence(member: Member, bytes: Uint8Array): void {
    if (bytes.length > this.#limits.awarenessBytes * this.#limits.participantsPerSession)
      return this.#refuse(member, 'message-too-big', 'awareness');
    if (!member.presences.take()) return;
    const message = this.#presence.receive(bytes, member.person, (clientId) => this.gate.bind(member, clientId));
    if (message) this.#broadcast(awarenessMessage(message), member);
  }

  #isTaken(clientId: number, writer: Writer): boolean {
    for (const member of this.#members.values()) {
      if (member === writer || member.clientId !== clientId) continue;
      // the same person's connection that has not noticed yet that it is gone
      if (member.person.sub !== writer.person.sub) return true;
      member.clientId = undefined;
    }
    return false;
  }

  #broadcast(message: Uint8Array, except?: Member): void {
    for (const member of this.#members.values()) if (member !== except) this.#send(member.peer, message);
  }

  // a peer that does not read its doc can't be skipped forward: it joins afresh
  #send(peer: Peer, message: Uint8Array): void {
    if (!peer.send(message)) {
      this.#events.refused(peer, 'too-slow', 'does not read');
      peer.socket.terminate();
    }
  }

  #refuse(member: Member, name: CloseName, reason: string): void {
    this.#members.delete(member.peer);
    const gone = this.#presence.remove(member.clientId);
    if (gone) this.#broadcast(awarenessMessage(gone));
    this.#events.refused(member.peer, name, reason);
    member.peer.close(name);
  }
}

function syncMessage(type: number, payload: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, SYNC);
  writeVarUint(encoder, type);
  writeVarUint8Array(encoder, payload);
  return toUint8Array(encoder);
}

function awarenessMessage(payload: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, AWARENESS);
  writeVarUint8Array(encoder, payload);
  return toUint8Array(encoder);
}
