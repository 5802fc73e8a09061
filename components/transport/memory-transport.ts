import { applyAwarenessUpdate, Awareness, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { CLOSE_CODES, type Frame, type FrameKind, type ServerSettings } from '../../protocol/index.js';
import { FrameListeners } from './frame-listeners.js';
import type { MemoryHub } from './memory-hub.js';
import type { Identity, MirrorChannel, OutgoingFrame, Transport, TransportRequest } from './types.js';

/** One participant's connection to a hub. `drop` and `restore` are a network that fails and comes back. */
export class MemoryTransport implements Transport {
  readonly identity: Identity;
  readonly mirror: MemoryChannel;
  doc = new Y.Doc();
  awareness = new Awareness(this.doc);
  readonly #hub: MemoryHub;
  readonly #request: TransportRequest;
  #connected = false;
  #mirrorWanted = false;

  constructor(hub: MemoryHub, identity: Identity, request: TransportRequest) {
    this.#hub = hub;
    this.identity = identity;
    this.#request = request;
    this.mirror = new MemoryChannel((frame) =>
      hub.relay(this, { flags: 0, epoch: 0, seq: 0, ...frame, sender: identity.sub, payload: frame.payload.slice() }),
    );
    this.#observe();
    hub.members.add(this);
    later(() => this.restore());
  }

  openMirror(): void {
    if (this.#mirrorWanted) return;
    this.#mirrorWanted = true;
    later(() => this.#openMirror());
  }

  /** The connection is lost. */
  drop(): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#request.events.status({ connected: false, synced: false });
    this.#hub.leave(this);
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.awareness.clientID);
    removeAwarenessStates(this.awareness, others, this.#hub);
    // or their return would be taken for old news
    for (const client of others) this.awareness.meta.delete(client);
    this.mirror.setOpen(false);
  }

  /** The connection is back. */
  restore(): void {
    if (this.#connected || !this.#hub.members.has(this)) return;
    this.#connected = true;
    this.#hub.join(this);
    this.awareness.setLocalState(this.awareness.getLocalState() ?? {});
    this.#request.events.status({ connected: true, synced: true });
    this.#openMirror();
  }

  /** As after an update that the server refused. */
  startAfresh(): void {
    this.drop();
    this.#dropDoc();
    this.doc = new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.#observe();
    const { events } = this.#request;
    events.closed({ code: CLOSE_CODES['update-refused'], name: 'update-refused', final: false });
    events.replaced();
    later(() => this.restore());
  }

  close(): void {
    this.drop();
    this.#hub.members.delete(this);
    this.#dropDoc();
  }

  receive(frame: Frame): void {
    this.mirror.receive(frame);
  }

  receiveDoc(update: Uint8Array): void {
    if (this.#connected) later(() => this.#connected && this.applyDoc(update));
  }

  receivePresence(bytes: Uint8Array): void {
    if (this.#connected) later(() => this.#connected && this.applyPresence(bytes));
  }

  applyDoc(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, this.#hub);
  }

  applyPresence(bytes: Uint8Array): void {
    applyAwarenessUpdate(this.awareness, bytes, this.#hub);
  }

  #openMirror(): void {
    if (!this.#mirrorWanted || !this.#connected || this.mirror.open) return;
    this.#request.events.settings(this.#hub.settings as ServerSettings);
    this.#request.events.latency(1);
    this.mirror.setOpen(true);
    this.#hub.mirrorOpened(this);
  }

  #observe(): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this.#hub && this.#connected) later(() => this.#connected && this.#hub.update(this, update));
    });
    this.awareness.on('update', (_change: unknown, origin: unknown) => {
      if (origin !== this.#hub && this.#connected && this.awareness.getLocalState()) this.#hub.present(this);
    });
  }

  #dropDoc(): void {
    this.awareness.destroy();
    this.doc.destroy();
  }
}

/** The mirror channel of a hub's member. Payloads are copied, as a network would. */
class MemoryChannel implements MirrorChannel {
  readonly bufferedBytes = 0;
  readonly #send: (frame: OutgoingFrame) => void;
  readonly #listeners = new FrameListeners();
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
    this.#listeners.emitOpen(open);
  }

  send(frame: OutgoingFrame): boolean {
    if (!this.#open) return false;
    this.#send(frame);
    return true;
  }

  receive(frame: Frame): void {
    later(() => {
      if (this.#open) this.#listeners.emitFrame({ ...frame, payload: frame.payload.slice() });
    });
  }

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    return this.#listeners.onFrame(kind, listener);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    return this.#listeners.onOpenChange(listener);
  }
}

function later(task: () => unknown): void {
  queueMicrotask(() => void task());
}
