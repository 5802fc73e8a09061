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
  FRAME_FLAGS,
  FRAME_RIGHTS,
  type Frame,
  type FrameKind,
  type ServerSettings,
} from '../../protocol/index.js';
import { Listeners } from './listeners.js';
import type { Identity, MirrorChannel, OutgoingFrame, Transport, TransportFactory, TransportRequest } from './types.js';

/**
 * A sync server in memory, for tests and stories: one session; docs, presence and frames go to the others in later
 * microtasks, in order. It keeps the running epoch as the real one does; it does not check rights on the doc.
 */
export class MemoryHub {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly settings: Partial<ServerSettings>;
  readonly members = new Set<MemoryTransport>();
  #epoch: Frame[] = [];

  constructor(settings: Partial<ServerSettings> = {}) {
    this.settings = settings;
    this.awareness.setLocalState(null);
  }

  /** A transport for `createSession({transport})` that joins as this person. */
  as(person: Pick<Identity, 'sub' | 'role'> & Partial<Identity>): TransportFactory {
    return async (request) => {
      await request.token('connect');
      const identity: Identity = { name: person.sub, color: colorOf(person.sub), ...person, session: request.session };
      return new MemoryTransport(this, identity, request);
    };
  }

  /** Everyone loses the connection, and the hub what it held, as a server that is killed and started again. */
  restart(): void {
    const members = [...this.members];
    for (const member of members) member.drop();
    for (const root of ['session', 'requests', 'answers', 'annotations']) this.doc.getMap(root).clear();
    for (const member of members) member.restore();
  }

  relay(from: MemoryTransport, frame: Frame): void {
    if (!FRAME_RIGHTS[frame.kind].includes(from.identity.role)) return;
    if (frame.kind === 'control') {
      this.#control(from, frame);
      return;
    }
    if (frame.kind === 'events') this.#keep(frame);
    const toConsumer = frame.kind === 'ink' || frame.kind === 'input';
    for (const member of this.members) {
      if (member !== from && (toConsumer || member.identity.role !== 'consumer')) member.receive(frame);
    }
  }

  late(member: MemoryTransport): void {
    if (member.identity.role !== 'consumer') for (const frame of this.#epoch) member.receive(frame);
  }

  #keep(frame: Frame): void {
    if (frame.flags & FRAME_FLAGS.snapshot && frame.seq === 0) this.#epoch = [];
    this.#epoch.push(frame);
  }

  #control(from: MemoryTransport, frame: Frame): void {
    if (decodeControl(frame.payload)?.type !== 'resync') return;
    for (const member of this.members)
      if (member !== from && member.identity.role === 'consumer') member.receive(frame);
  }
}

/** One participant's connection to a hub. `drop` and `restore` are a network that fails and comes back. */
export class MemoryTransport implements Transport {
  readonly identity: Identity;
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly mirror: MemoryChannel;
  readonly #hub: MemoryHub;
  readonly #request: TransportRequest;
  readonly #release: (() => void)[];
  #connected = false;
  #mirrorWanted = false;

  constructor(hub: MemoryHub, identity: Identity, request: TransportRequest) {
    this.#hub = hub;
    this.identity = identity;
    this.#request = request;
    this.mirror = new MemoryChannel((frame) =>
      hub.relay(this, { flags: 0, epoch: 0, seq: 0, ...frame, sender: identity.sub, payload: frame.payload.slice() }),
    );
    this.#release = this.#observe();
    hub.members.add(this);
    later(() => this.restore());
  }

  openMirror(): void {
    if (this.#mirrorWanted) return;
    this.#mirrorWanted = true;
    later(() => this.#openMirror());
  }

  receive(frame: Frame): void {
    this.mirror.receive(frame);
  }

  drop(): void {
    if (!this.#connected) return;
    this.#connected = false;
    removeAwarenessStates(this.#hub.awareness, [this.doc.clientID], this);
    this.mirror.setOpen(false);
    this.#request.events.status({ connected: false, synced: false });
  }

  restore(): void {
    if (this.#connected || !this.#hub.members.has(this)) return;
    this.#connected = true;
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.#hub.doc), this.#hub);
    Y.applyUpdate(this.#hub.doc, Y.encodeStateAsUpdate(this.doc), this);
    applyAwarenessUpdate(
      this.awareness,
      encodeAwarenessUpdate(this.#hub.awareness, [...this.#hub.awareness.getStates().keys()]),
      this.#hub,
    );
    this.#sendPresence();
    this.#request.events.status({ connected: true, synced: true });
    this.#openMirror();
  }

  close(): void {
    this.drop();
    this.#hub.members.delete(this);
    for (const release of this.#release) release();
    this.doc.destroy();
    this.awareness.destroy();
  }

  #openMirror(): void {
    if (!this.#mirrorWanted || !this.#connected || this.mirror.open) return;
    const { settings } = this.#hub;
    this.#request.events.settings(settings as ServerSettings);
    this.#request.events.latency(1);
    this.mirror.setOpen(true);
    this.#hub.late(this);
  }

  #observe(): (() => void)[] {
    const { doc: hubDoc, awareness: hubAwareness } = this.#hub;
    const up = (update: Uint8Array, origin: unknown) => {
      if (origin !== this.#hub && this.#connected) later(() => this.#connected && Y.applyUpdate(hubDoc, update, this));
    };
    const down = (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#connected)
        later(() => this.#connected && Y.applyUpdate(this.doc, update, this.#hub));
    };
    const presenceUp = (_change: unknown, origin: unknown) => {
      if (origin !== this.#hub) this.#sendPresence();
    };
    const presenceDown = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
      if (!this.#connected) return;
      const bytes = encodeAwarenessUpdate(hubAwareness, [...added, ...updated, ...removed]);
      later(() => applyAwarenessUpdate(this.awareness, bytes, this.#hub));
    };
    this.doc.on('update', up);
    hubDoc.on('update', down);
    this.awareness.on('update', presenceUp);
    hubAwareness.on('update', presenceDown);
    return [() => hubDoc.off('update', down), () => hubAwareness.off('update', presenceDown)];
  }

  /** As the server does: only one's own state, with the name and role of the token. */
  #sendPresence(): void {
    if (!this.#connected || !this.awareness.getLocalState()) return;
    const { sub: id, name, role, color } = this.identity;
    const stamp = (state: object | null) => state && { ...state, user: { id, name, role, color } };
    const bytes = modifyAwarenessUpdate(encodeAwarenessUpdate(this.awareness, [this.doc.clientID]), stamp);
    applyAwarenessUpdate(this.#hub.awareness, bytes, this);
  }
}

/** The mirror channel of a hub's member. Payloads are copied, as a network would. */
export class MemoryChannel implements MirrorChannel {
  readonly bufferedBytes = 0;
  readonly #send: (frame: OutgoingFrame) => void;
  readonly #frames = new Map<FrameKind, Listeners<Frame>>();
  readonly #openChanges = new Listeners<boolean>();
  #open = false;

  constructor(send: (frame: OutgoingFrame) => void) {
    this.#send = send;
  }

  get open(): boolean {
    return this.#open;
  }

  setOpen(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    this.#openChanges.emit(open);
  }

  send(frame: OutgoingFrame): boolean {
    if (!this.#open) return false;
    this.#send(frame);
    return true;
  }

  receive(frame: Frame): void {
    later(() => {
      if (this.#open) this.#frames.get(frame.kind)?.emit({ ...frame, payload: frame.payload.slice() });
    });
  }

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    const listeners = this.#frames.get(kind) ?? new Listeners<Frame>();
    this.#frames.set(kind, listeners);
    return listeners.add(listener);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    return this.#openChanges.add(listener);
  }
}

function later(task: () => unknown): void {
  queueMicrotask(() => void task());
}
