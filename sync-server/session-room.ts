import type { CloseName, ErrorCode, Frame, Mode, RequestEntry, ScreenInfo, Status } from '../protocol/index.js';
import { MirrorRoom } from './mirror-room.js';
import type { AuditRecord, Configuration } from './options.js';
import type { Peer } from './peer.js';
import type { SessionSummary } from './rest-api.js';
import { SessionTrail } from './session-trail.js';
import { SyncRoom } from './sync-room.js';
import type { Change } from './update-analyser.js';

export type Channel = 'sync' | 'mirror';

export interface SessionEvents {
  refused(peer: Peer, name: CloseName | ErrorCode, reason: string, why?: string): void;
  refusedAgain(name: ErrorCode): void;
  relayed(frame: Frame, bytes: number): void;
  leftOut(frame: Frame): void;
  decided(milliseconds: number): void;
  epochBegan(peer: Peer, epoch: number): void;
  /** @param peer who did it; undefined: the server itself. */
  audit(peer: Peer | undefined, event: AuditRecord['event'], details: Record<string, unknown>): void;
  /** Nobody came back, or the doc is broken: the session is to be forgotten. */
  over(): void;
}

/** One session on this server: its doc, its mirror channel, and who is in it. */
export class SessionRoom {
  readonly id: string;
  readonly sync: SyncRoom;
  readonly mirror: MirrorRoom;
  readonly #events: SessionEvents;
  readonly #configuration: Configuration;
  readonly #trail: SessionTrail;
  readonly #peers = new Map<Peer, Channel>();
  /** Whose session it is: kept for a while after that consumer has left, for its reload. */
  #consumer: string | undefined;
  #timers: Partial<Record<'empty' | 'consumer' | 'longest', ReturnType<typeof setTimeout>>> = {};
  #ended = false;
  readonly #reference: string | undefined;
  /** Whether a question waits for the consumer's answer; undefined: to be looked up. */
  #asking: boolean | undefined;

  constructor({ session, reference }: Peer['person'], events: SessionEvents, configuration: Configuration) {
    this.id = session;
    // of the first who comes; all tokens of a session have the same
    this.#reference = reference;
    this.#events = events;
    this.#configuration = configuration;
    const { refused, refusedAgain, relayed, leftOut, decided, epochBegan } = events;
    const changed = (peer: Peer, changes: readonly Change[]) => this.#changed(peer, changes);
    this.sync = new SyncRoom({ refused, decided, changed }, configuration);
    this.#trail = new SessionTrail(this.sync.gate.doc, events.audit);
    const whyNoControl = (peer: Peer) => this.#whyNoControl(peer);
    const screenSource = () => this.#screenSource();
    const told = { refused, refusedAgain, relayed, leftOut, epochBegan, whyNoControl, screenSource };
    this.mirror = new MirrorRoom(told, configuration);
  }

  /** As it is told outside. */
  get summary(): SessionSummary {
    const session = this.sync.gate.doc.getMap('session');
    const people = new Map(
      [...this.#peers.keys()].map(({ person: { sub, name, role } }) => [sub, { sub, name, role }]),
    );
    return {
      id: this.id,
      reference: this.#reference,
      status: (session.get('status') as Status | undefined) ?? 'idle',
      mode: (session.get('mode') as Mode | null | undefined) ?? null,
      participants: [...people.values()],
    };
  }

  get peers(): Iterable<Peer> {
    return this.#peers.keys();
  }

  get connections(): number {
    return this.#peers.size;
  }

  /** People, however many connections each has. */
  get participants(): number {
    return new Set([...this.#peers.keys()].map(({ person }) => person.sub)).size;
  }

  /** Why this person can't join, or undefined. */
  whyFull({ sub, role }: Peer['person']): CloseName | undefined {
    if (this.#ended) return 'session-ended';
    if (role === 'consumer' && this.#consumer !== undefined && this.#consumer !== sub) return 'session-full';
    const own = [...this.#peers.keys()].filter(({ person }) => person.sub === sub).length;
    if (own >= connectionsPerPerson) return 'rate-limited';
    const { participantsPerSession } = this.#configuration.limits;
    return own === 0 && this.participants >= participantsPerSession ? 'session-full' : undefined;
  }

  join(peer: Peer, channel: Channel): void {
    clearTimeout(this.#timers.empty);
    this.#peers.set(peer, channel);
    if (peer.person.role === 'consumer') {
      clearTimeout(this.#timers.consumer);
      this.#consumer = peer.person.sub;
    }
    this[channel].join(peer);
  }

  leave(peer: Peer): void {
    const channel = this.#peers.get(peer);
    if (!channel || !this.#peers.delete(peer)) return;
    this[channel].leave(peer);
    const isConsumer = ({ person }: Peer) => person.role === 'consumer';
    if (isConsumer(peer) && ![...this.#peers.keys()].some(isConsumer))
      this.#later('consumer', () => (this.#consumer = undefined));
    if (this.#peers.size === 0) this.#later('empty', () => this.#events.over());
  }

  receive(peer: Peer, bytes: Uint8Array<ArrayBuffer>): void {
    const channel = this.#peers.get(peer);
    if (channel) this[channel].receive(peer, bytes);
  }

  /** Closes every connection. */
  closeAll(name: CloseName): void {
    for (const peer of this.#peers.keys()) peer.close(name);
  }

  /** For good: nobody comes in again. @param details for the audit log. */
  end(details: Record<string, unknown>): void {
    this.#ended = true;
    this.#events.audit(undefined, 'end', details);
    this.mirror.endEpoch();
    this.closeAll('session-ended');
  }

  destroy(): void {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.sync.destroy();
    this.mirror.destroy();
  }

  #later(name: 'empty' | 'consumer', task: () => void): void {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(task, this.#configuration.roomGrace * 1000);
    this.#timers[name].unref();
  }

  #changed(peer: Peer, changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.root === 'session' && change.key === 'status') this.#statusChanged();
      if (change.root === 'session' && screenKeys.includes(change.key)) this.mirror.screenChanged();
      if (change.root === 'requests' || change.root === 'answers') this.#asking = undefined;
    }
    // filled from the consumer's copy, after a restart
    if (changes.length === 0) this.#statusChanged();
    this.#trail.follow(peer, changes);
  }

  #statusChanged(): void {
    const status = this.sync.gate.doc.getMap('session').get('status');
    if (status === 'idle' || status === 'ended') {
      // what is over is not shown to who comes late
      this.mirror.endEpoch();
      clearTimeout(this.#timers.longest);
      this.#timers.longest = undefined;
    } else if (status === 'active') {
      this.#timers.longest ??= this.#limitLength();
    }
  }

  /** The consumer's side ends a session that has lasted too long; the server only where that side doesn't. */
  #limitLength(): ReturnType<typeof setTimeout> {
    const { sessionSeconds } = this.#configuration.settings;
    const timer = setTimeout(
      () => {
        this.end({ reason: 'expired' });
      },
      Math.min(2 ** 31 - 1, (sessionSeconds + Math.min(60, sessionSeconds / 10)) * 1000),
    );
    timer.unref();
    return timer;
  }

  /** The doc as it is now: what was taken back is refused from this update on. */
  #whyNoControl({ person }: Peer): ErrorCode | undefined {
    const session = this.sync.gate.doc.getMap('session');
    const isController =
      session.get('status') === 'active' &&
      session.get('mode') === 'remote-control' &&
      session.get('controller') === person.sub;
    if (!isController) return 'no-control';
    // nobody may click on the answer for the consumer
    this.#asking ??= this.#isAsking();
    return this.#asking ? 'request-pending' : undefined;
  }

  /** Undefined but in full device. */
  #screenSource(): ScreenInfo['source'] | undefined {
    const session = this.sync.gate.doc.getMap('session');
    if (session.get('status') !== 'active' || session.get('mode') !== 'full-device') return undefined;
    return (session.get('screen') as ScreenInfo | null | undefined)?.source ?? 'none';
  }

  #isAsking(): boolean {
    const { doc } = this.sync.gate;
    const answers = doc.getMap('answers');
    const requests = [...doc.getMap<RequestEntry>('requests')];
    return requests.some(([id, { kind = 'mode' }]) => kind === 'mode' && !answers.has(id));
  }
}

const connectionsPerPerson = 16;
const screenKeys: readonly string[] = ['status', 'mode', 'screen'];
