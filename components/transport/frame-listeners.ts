import type { Frame, FrameKind } from '../../protocol/index.js';
import { Listeners } from './listeners.js';

/** The receiving half of a mirror channel. */
export class FrameListeners {
  readonly #frames = new Map<FrameKind, Listeners<Frame>>();
  readonly #openChanges = new Listeners<boolean>();

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    const listeners = this.#frames.get(kind) ?? new Listeners<Frame>();
    this.#frames.set(kind, listeners);
    return listeners.add(listener);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    return this.#openChanges.add(listener);
  }

  emitFrame(frame: Frame): void {
    this.#frames.get(frame.kind)?.emit(frame);
  }

  emitOpen(open: boolean): void {
    this.#openChanges.emit(open);
  }
}
