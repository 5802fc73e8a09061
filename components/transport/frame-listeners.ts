import { FRAME_FLAGS, LIMITS, type Frame, type FrameKind } from '../../protocol/index.js';
import { Listeners } from './listeners.js';

/**
 * The receiving half of a mirror channel. The player is loaded when the first events are on their way already: those
 * of the running epoch wait, bounded, for the first one who listens.
 */
export class FrameListeners {
  readonly #frames = new Map<FrameKind, Listeners<Frame>>();
  readonly #openChanges = new Listeners<boolean>();
  #early: Frame[] | undefined = [];
  #earlyBytes = 0;

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    const listeners = this.#frames.get(kind) ?? new Listeners<Frame>();
    this.#frames.set(kind, listeners);
    if (kind === 'events' && this.#early) queueMicrotask(() => this.#deliverEarly());
    return listeners.add(listener);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    return this.#openChanges.add(listener);
  }

  emitFrame(frame: Frame): void {
    if (frame.kind === 'events' && this.#early) this.#keep(frame, this.#early);
    else this.#frames.get(frame.kind)?.emit(frame);
  }

  emitOpen(open: boolean): void {
    this.#openChanges.emit(open);
  }

  #keep(frame: Frame, early: Frame[]): void {
    if (frame.seq === 0 && frame.flags & FRAME_FLAGS.snapshot) this.#forgetEarly(early);
    early.push(frame);
    this.#earlyBytes += frame.payload.length;
    // a part of an epoch is of no use: the listener will see the gap, and ask
    if (this.#earlyBytes > LIMITS.epochBytes) this.#forgetEarly(early);
  }

  #forgetEarly(early: Frame[]): void {
    early.length = 0;
    this.#earlyBytes = 0;
  }

  #deliverEarly(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const frame of early) this.#frames.get('events')?.emit(frame);
  }
}
