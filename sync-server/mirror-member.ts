import { FRAME_RIGHTS } from '../protocol/index.js';
import type { Limits } from './options.js';
import type { Peer } from './peer.js';
import { Rate } from './rate.js';

/**
 * How a watcher gets the running epoch. `waiting`: nothing yet, until one begins. `behind`: came late, gets what is kept as fast as it
 * reads. `live`: each frame at once. `skipping`: read too slowly, and gets nothing more of this epoch.
 */
export type Watching = 'waiting' | 'behind' | 'live' | 'skipping';

/** So often a peer is told that a frame of its was refused. */
const refusalsPerSecond = 20;

export type Offered = 'fine' | 'too-slow';

/** One mirror connection. */
export class MirrorMember {
  readonly peer: Peer;
  readonly frames: Rate;
  readonly inputs: Rate;
  readonly refusals = new Rate(refusalsPerSecond);
  watching: Watching = 'waiting';
  /** Another page of this consumer records; it has been told. */
  superseded = false;
  /** Of a device: its app is out of sight. */
  minimised = false;
  #kept: readonly Uint8Array[] = [];
  #next = 0;
  /** Since when more waits for it than should, milliseconds since 1970. */
  #slowSince: number | undefined;

  constructor(peer: Peer, limits: Pick<Limits, 'mirrorFramesPerSecond' | 'inputFramesPerSecond'>) {
    this.peer = peer;
    this.frames = new Rate(limits.mirrorFramesPerSecond);
    this.inputs = new Rate(limits.inputFramesPerSecond);
  }

  /** A page of the consumer. */
  get isConsumer(): boolean {
    return this.peer.person.role === 'consumer' && !this.isDevice;
  }

  /** The app around the consumer's page, which sends the screen and sees nothing. */
  get isDevice(): boolean {
    return this.peer.person.device === true;
  }

  /** Agents and observers. */
  get isWatcher(): boolean {
    return this.peer.person.role !== 'consumer';
  }

  /** Whether it may send the captured screen; who may not, may watch it. */
  get sendsScreen(): boolean {
    return FRAME_RIGHTS.screen.includes(this.peer.person.role);
  }

  /** Whether it needs to be looked after: it is behind, or slow. */
  get needsCare(): boolean {
    return this.watching === 'behind' || this.watching === 'skipping' || this.#slowSince !== undefined;
  }

  /** Gives what moves on at once; lost when the peer is slow, which is noted. */
  send(bytes: Uint8Array): boolean {
    const sent = this.peer.send(bytes);
    if (!sent) this.#slowSince ??= Date.now();
    return sent;
  }

  /** Starts to give what is kept. */
  follow(kept: readonly Uint8Array[]): Offered {
    this.watching = 'behind';
    this.#kept = kept;
    this.#next = 0;
    return this.catchUp(kept);
  }

  /** @param kept of the running epoch, or undefined when it isn't whole any more. */
  catchUp(kept: readonly Uint8Array[] | undefined): Offered {
    if (this.#kept !== kept) return this.#skip();
    while (this.#next < kept.length && this.peer.send(kept[this.#next]!)) this.#next++;
    if (this.#next === kept.length) {
      this.watching = 'live';
      this.#kept = [];
    }
    return 'fine';
  }

  /** Gives a frame of the running epoch. @param begins its first. */
  offer(frame: Uint8Array, begins: boolean): Offered {
    if (begins) this.watching = 'live';
    // who is behind finds it among what is kept
    if (this.watching !== 'live' || this.send(frame)) return 'fine';
    return this.#skip();
  }

  /** How long it has been slow, milliseconds; 0 as soon as it has read what waited. */
  slowness(now: number): number {
    if (this.#slowSince === undefined) return 0;
    if (!this.peer.isDrained) return now - this.#slowSince;
    this.#slowSince = undefined;
    return 0;
  }

  #skip(): Offered {
    this.watching = 'skipping';
    this.#slowSince ??= Date.now();
    this.#kept = [];
    return 'too-slow';
  }
}
