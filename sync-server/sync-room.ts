import * as Y from 'yjs';
import type { CloseName } from '../protocol/index.js';
import { DocGate, type Accepted, type Writer } from './doc-gate.js';
import type { Configuration } from './options.js';
import type { Peer } from './peer.js';
import { Presence } from './presence.js';
import { Rate } from './rate.js';
import { awarenessMessage, emptyAwareness, readSyncMessage, stepOne, stepTwo, updateMessage } from './sync-messages.js';
import type { SyncMessage } from './sync-messages.js';
import type { Change } from './update-analyser.js';
import { UpdateRefusal } from './update-refusal.js';

const stepsPerSecond = 5;
/** How often one connection is asked for what was left out. */
const mostAsks = 20;
const askMilliseconds = 50;

/** A peer of the doc, and what is known of it. */
interface Member extends Writer {
  readonly peer: Peer;
  readonly messages: Rate;
  readonly presences: Rate;
  readonly steps: Rate;
  /** Our sync step 1 that it has still to answer. */
  asked: number;
  asks: number;
  /** It has told all that it had when it came. */
  answered: boolean;
  /** It has something that depends on what we lack. */
  incomplete: boolean;
  /** It knows more than we do, so that what it writes may depend on what we lack. */
  isAhead: boolean;
}

export interface SyncEvents {
  /** A refused update or message; the peer is closed with `name`. `why`: a word for the metrics. */
  refused(peer: Peer, name: CloseName, reason: string, why?: string): void;
  /** @param changes what the peer itself changed; none where its copy has filled the doc. */
  changed(peer: Peer, changes: readonly Change[]): void;
  /** Milliseconds that deciding an update took. */
  decided(milliseconds: number): void;
}

/**
 * The doc's side of a session: the y-websocket protocol, behind the gate.
 *
 * An update that depends on what isn't here (an agent is back before the consumer, after a restart of the server) is not held: it
 * is let go, and its sender asked again by a sync step 1 when the doc has changed. Its answer has everything that we lack then.
 */
export class SyncRoom {
  readonly #members = new Map<Peer, Member>();
  readonly #presence: Presence;
  readonly #events: SyncEvents;
  readonly #configuration: Configuration;
  readonly gate: DocGate;
  #askTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(events: SyncEvents, configuration: Configuration) {
    this.#events = events;
    this.#configuration = configuration;
    this.#presence = new Presence(configuration.limits.awarenessBytes);
    this.gate = new DocGate(configuration, {
      holderOf: (clientId) => [...this.#members.values()].find((member) => member.clientId === clientId),
      takeOver: (holder) => this.#takeOver(holder as Member),
    });
    // never the bytes of a peer: what our own doc says that has changed
    this.gate.doc.on('update', (update: Uint8Array, origin: unknown) =>
      this.#broadcast(updateMessage(update), origin as Member),
    );
  }

  join(peer: Peer): void {
    const { syncMessagesPerSecond, awarenessPerSecond } = this.#configuration.limits;
    const member: Member = {
      peer,
      person: peer.person,
      clientId: undefined,
      messages: new Rate(syncMessagesPerSecond),
      presences: new Rate(awarenessPerSecond),
      steps: new Rate(stepsPerSecond),
      asked: 0,
      asks: 0,
      answered: false,
      incomplete: false,
      isAhead: false,
    };
    this.#members.set(peer, member);
    this.#ask(member);
    const everyone = this.#presence.all();
    if (everyone) this.#send(peer, awarenessMessage(everyone));
  }

  leave(peer: Peer): void {
    const member = this.#members.get(peer);
    if (!member) return;
    this.#members.delete(peer);
    const gone = this.#presence.remove(member.clientId);
    if (gone) this.#broadcast(awarenessMessage(gone));
  }

  /** @throws when something of ours is broken; the session can't go on with this doc then. */
  receive(peer: Peer, bytes: Uint8Array): void {
    const member = this.#members.get(peer);
    if (!member) return;
    if (!member.messages.take()) return this.#refuse(member, 'rate-limited', 'too many messages');
    const message = readSyncMessage(bytes);
    if (message) this.#read(member, message);
    else this.#refuse(member, 'bad-request', 'not a message of the sync protocol');
  }

  keepAlive(now: number, silence: number): void {
    for (const { peer } of this.#members.values()) if (now - peer.lastSent >= silence) this.#send(peer, emptyAwareness);
  }

  destroy(): void {
    clearTimeout(this.#askTimer);
    this.gate.destroy();
  }

  #read(member: Member, message: SyncMessage): void {
    switch (message.type) {
      case 'step-1':
        return this.#answer(member, message.payload);
      case 'step-2':
        return this.#receiveUpdate(member, message.payload, member.asked > 0);
      case 'update':
        return this.#receiveUpdate(member, message.payload, false);
      case 'awareness':
        return this.#receivePresence(member, message.payload);
      case 'query-awareness': {
        const everyone = this.#presence.all();
        if (everyone) this.#send(member.peer, awarenessMessage(everyone));
      }
    }
  }

  #answer(member: Member, stateVector: Uint8Array): void {
    // a few bytes cost us the whole doc
    if (!member.steps.take()) return this.#refuse(member, 'rate-limited', 'too many sync steps');
    try {
      Y.decodeStateVector(stateVector);
    } catch {
      return this.#refuse(member, 'bad-request', 'not a state vector');
    }
    this.#send(member.peer, stepTwo(Y.encodeStateAsUpdate(this.gate.doc, stateVector)));
  }

  #receiveUpdate(member: Member, update: Uint8Array, solicited: boolean): void {
    const patient = !member.answered || member.incomplete || member.isAhead;
    if (solicited) {
      member.asked--;
      member.answered = true;
    }
    const started = performance.now();
    try {
      const accepted = this.gate.accept(update, member, { solicited, patient });
      this.#accepted(member, accepted, solicited);
    } catch (error) {
      if (!(error instanceof UpdateRefusal)) throw error;
      this.#refuse(member, 'update-refused', `${error.reason}: ${error.message}`, error.reason);
    } finally {
      this.#events.decided(performance.now() - started);
    }
  }

  #accepted(member: Member, { changed, changes, incomplete, left }: Accepted, solicited: boolean): void {
    if (solicited) member.isAhead = left;
    member.incomplete = incomplete || (member.incomplete && !solicited);
    if (!changed) return;
    this.#events.changed(member.peer, changes);
    this.#askLater();
  }

  /** The doc has changed: what was left out may fit now. */
  #askLater(): void {
    if (this.#askTimer || ![...this.#members.values()].some(({ incomplete }) => incomplete)) return;
    this.#askTimer = setTimeout(() => {
      this.#askTimer = undefined;
      for (const member of this.#members.values()) if (member.incomplete) this.#ask(member);
    }, askMilliseconds);
    this.#askTimer.unref();
  }

  #ask(member: Member): void {
    if (member.asks >= mostAsks) return;
    member.asks++;
    member.asked++;
    this.#send(member.peer, stepOne(Y.encodeStateVector(this.gate.doc)));
  }

  #receivePresence(member: Member, bytes: Uint8Array): void {
    // an echo tells of everyone
    const most = this.#configuration.limits.awarenessBytes * (this.#members.size + 1);
    if (bytes.length > most) return this.#refuse(member, 'message-too-big', `presence of ${bytes.length} bytes`);
    const wasBound = member.clientId !== undefined;
    const result = this.#presence.receive(bytes, member.person, (clientId) => this.gate.bind(member, clientId));
    if (result === 'malformed') return this.#refuse(member, 'bad-request', 'not a presence');
    if (result === 'too-big') return this.#refuse(member, 'message-too-big', 'presence too large');
    // echoes of others don't count
    if (result && !member.presences.take()) return this.#refuse(member, 'rate-limited', 'presence too often');
    if (result) this.#broadcast(awarenessMessage(result), member);
    if (!wasBound && member.clientId !== undefined && member.incomplete) this.#ask(member);
  }

  #takeOver(holder: Member): void {
    holder.clientId = undefined;
    this.#refuse(holder, 'replaced', 'the same doc is connected again');
  }

  #broadcast(message: Uint8Array, except?: Member): void {
    for (const member of this.#members.values()) if (member !== except) this.#send(member.peer, message);
  }

  /** A doc can't be skipped forward: who doesn't read it joins afresh. */
  #send(peer: Peer, message: Uint8Array): void {
    if (peer.send(message)) return;
    this.#events.refused(peer, 'too-slow', 'does not read');
    this.#members.delete(peer);
    peer.socket.terminate();
  }

  #refuse(member: Member, name: CloseName, reason: string, why?: string): void {
    this.leave(member.peer);
    this.#events.refused(member.peer, name, reason, why);
    member.peer.close(name);
  }
}
