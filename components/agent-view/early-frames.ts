import type { Frame, FrameKind } from '../../protocol/index.js';
import type { MirrorChannel, OutgoingFrame } from '../transport/types.js';

/** More than a first snapshot has, and little enough to hold. */
const MAX_FRAMES = 2000;

/**
 * The mirror channel of a view whose player is still being loaded: keeps what comes meanwhile, and gives it to the player
 * as soon as it listens. A snapshot that nobody heard would leave the view empty until the page changes.
 */
export class EarlyFrames implements MirrorChannel {
  readonly #channel: MirrorChannel;
  #kept: Frame[] | null = [];
  readonly #stop: () => void;

  constructor(channel: MirrorChannel) {
    this.#channel = channel;
    this.#stop = channel.onFrame('events', (frame) => this.#keep(frame));
  }

  get open(): boolean {
    return this.#channel.open;
  }

  get bufferedBytes(): number {
    return this.#channel.bufferedBytes;
  }

  send(frame: OutgoingFrame): boolean {
    return this.#channel.send(frame);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    return this.#channel.onOpenChange(listener);
  }

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    const stop = this.#channel.onFrame(kind, listener);
    if (kind === 'events') this.#handOver(listener);
    return stop;
  }

  /** Keeps nothing any more. */
  drop(): void {
    this.#stop();
    this.#kept = null;
  }

  // what is left out here is a gap to the player, which asks for a new epoch
  #keep(frame: Frame): void {
    if (this.#kept && this.#kept.length < MAX_FRAMES) this.#kept.push(frame);
  }

  #handOver(listener: (frame: Frame) => void): void {
    const kept = this.#kept ?? [];
    this.drop();
    for (const frame of kept) listener(frame);
  }
}
