import type { Doc } from 'yjs';
import type { CloseName, ErrorCode, Frame, ServerSettings } from '../protocol/index.js';
import { MirrorRoom } from './mirror-room.js';
import type { Limits } from './options.js';
import type { Peer } from './peer.js';
import { SyncRoom } from './sync-room.js';

export interface SessionEvents {
  refused(peer: Peer, name: CloseName | ErrorCode, reason: string): void;
  relayed(frame: Frame, bytes: number): void;
}

/** One session on this server: its doc, its mirror channel, and who is in it. */
export class SessionRoom {
  readonly id: string;
  readonly sync: SyncRoom;
  readonly mirror: MirrorRoom;
  readonly #peers = new Set<Peer>();
  #emptyTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, events: SessionEvents, limits: Limits, settings: ServerSettings) {
    this.id = id;
    this.sync = new SyncRoom({ refused: (...all) => events.refused(...all), changed: () => undefined }, limits);
    this.mirror = new MirrorRoom(
      { ...events, mayControl: (peer) => mayControl(this.sync.gate.doc, peer) },
      limits,
      settings,
    );
  }

  get peers(): ReadonlySet<Peer> {
    return this.#peers;
  }

  /** Another person is the consumer of this session already. */
  hasOtherConsumer(sub: string): boolean {
    return [...this.#peers].some(({ person }) => person.role === 'consumer' && person.sub !== sub);
  }

  get participants(): number {
    return new Set([...this.#peers].map(({ person }) => person.sub)).size;
  }

  add(peer: Peer): void {
    clearTimeout(this.#emptyTimer);
    this.#peers.add(peer);
  }

  /** @param whenEmpty called when nobody has come back within the grace, milliseconds. */
  remove(peer: Peer, grace: number, whenEmpty: () => void): void {
    this.#peers.delete(peer);
    if (this.#peers.size > 0) return;
    this.#emptyTimer = setTimeout(whenEmpty, grace);
    this.#emptyTimer.unref();
  }

  destroy(): void {
    clearTimeout(this.#emptyTimer);
    this.sync.destroy();
    this.mirror.destroy();
  }
}

function mayControl(doc: Doc, { person }: Peer): boolean {
  const session = doc.getMap('session');
  return (
    session.get('status') === 'active' &&
    session.get('mode') === 'remote-control' &&
    session.get('controller') === person.sub
  );
}
