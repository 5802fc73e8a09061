import {
  applyAwarenessUpdate,
  Awareness,
  encodeAwarenessUpdate,
  modifyAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  colorOf,
  decodeControl,
  encodeJson,
  FRAME_FLAGS,
  FRAME_RIGHTS,
  type ControlMessage,
  type Frame,
  type ServerSettings,
} from '../../protocol/index.js';
import { MemoryTransport } from './memory-transport.js';
import type { Identity, TransportFactory } from './types.js';

/**
 * A sync server in memory, for tests and stories: one session; docs, presence and frames go to the others in later
 * microtasks, in order. It keeps the running epoch as the real one does; it does not check rights on the doc.
 */
export class MemoryHub {
  readonly settings: Partial<ServerSettings>;
  readonly members = new Set<MemoryTransport>();
  /** What the server holds of the session's doc; another one after `restart`. */
  doc = new Y.Doc();
  #presence = this.#createPresence();
  #epoch: Frame[] = [];

  /** @param settings time-outs, in seconds, that the two sides are told. */
  constructor(settings: Partial<ServerSettings> = {}) {
    this.settings = settings;
  }

  /** A transport for `createSession({transport})` that joins as this person. */
  as(person: Pick<Identity, 'sub' | 'role'> & Partial<Identity>): TransportFactory {
    return async (request) => {
      await request.token('connect');
      const identity: Identity = { name: person.sub, color: colorOf(person.sub), ...person, session: request.session };
      return new MemoryTransport(this, identity, request);
    };
  }

  /** Everyone loses the connection, the hub what it held, as a server that is killed and started again. */
  restart(): void {
    const members = [...this.members];
    for (const member of members) member.drop();
    this.#presence.destroy();
    this.doc = new Y.Doc();
    this.#presence = this.#createPresence();
    this.#epoch = [];
    for (const member of members) member.restore();
  }

  /** Everyone's connection is lost until `restart` or the member's own `restore`. */
  drop(): void {
    for (const member of this.members) member.drop();
  }

  /** Says that a member's last update was refused: it drops its doc and joins afresh. */
  refuse(sub: string): void {
    for (const member of this.members) if (member.identity.sub === sub) member.startAfresh();
  }

  /** Both ways, as sync steps 1 and 2. */
  join(member: MemoryTransport): void {
    member.applyDoc(Y.encodeStateAsUpdate(this.doc));
    this.update(member, Y.encodeStateAsUpdate(member.doc));
    const everyone = [...this.#presence.getStates().keys()];
    member.applyPresence(encodeAwarenessUpdate(this.#presence, everyone));
  }

  leave(member: MemoryTransport): void {
    removeAwarenessStates(this.#presence, [member.doc.clientID], member);
  }

  update(from: MemoryTransport, update: Uint8Array): void {
    const before = Y.encodeStateVector(this.doc);
    const seen = Y.snapshot(this.doc);
    Y.applyUpdate(this.doc, update);
    if (Y.equalSnapshots(seen, Y.snapshot(this.doc))) return;
    const news = Y.encodeStateAsUpdate(this.doc, before);
    for (const member of this.members) if (member !== from) member.receiveDoc(news);
  }

  /** As the server does: only one's own state, with the name and role of the token. */
  present({ identity, awareness }: MemoryTransport): void {
    const { sub: id, name, role, color } = identity;
    const stamp = (state: object | null) => state && { ...state, user: { id, name, role, color } };
    const bytes = encodeAwarenessUpdate(awareness, [awareness.clientID]);
    applyAwarenessUpdate(this.#presence, modifyAwarenessUpdate(bytes, stamp), awareness);
  }

  relay(from: MemoryTransport, frame: Frame): void {
    if (!FRAME_RIGHTS[frame.kind].includes(from.identity.role)) return;
    if (frame.kind === 'control') {
      if (decodeControl(frame.payload)?.type === 'resync') this.#askConsumer(frame, from);
      return;
    }
    if (frame.kind === 'events') this.#keep(frame);
    const toConsumer = frame.kind === 'ink' || frame.kind === 'input';
    const toAgents = frame.kind !== 'input';
    for (const member of this.members) {
      if (member !== from && (member.identity.role === 'consumer' ? toConsumer : toAgents)) member.receive(frame);
    }
  }

  /** A late agent gets the running epoch, or the consumer is asked for one. */
  mirrorOpened(member: MemoryTransport): void {
    if (member.identity.role === 'consumer') return;
    for (const frame of this.#epoch) member.receive(frame);
    if (this.#epoch.length === 0) this.#askConsumer(controlFrame({ type: 'resync', reason: 'late' }), member);
  }

  #askConsumer(frame: Frame, from: MemoryTransport): void {
    for (const member of this.members) {
      if (member !== from && member.identity.role === 'consumer') member.receive(frame);
    }
  }

  #keep(frame: Frame): void {
    if (frame.flags & FRAME_FLAGS.snapshot && frame.seq === 0) this.#epoch = [];
    this.#epoch.push(frame);
  }

  #createPresence(): Awareness {
    const presence = new Awareness(this.doc);
    presence.setLocalState(null);
    presence.on('update', ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
      const bytes = encodeAwarenessUpdate(presence, [...added, ...updated, ...removed]);
      for (const member of this.members) member.receivePresence(bytes);
    });
    return presence;
  }
}

function controlFrame(message: ControlMessage): Frame {
  return { kind: 'control', flags: 0, epoch: 0, seq: 0, sender: '', payload: encodeJson(message) };
}
