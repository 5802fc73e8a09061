import { decodeFrame, encodeFrame, type Frame, type FrameKind } from '../../../protocol/index.js';
import type { MirrorChannel, OutgoingFrame } from '../../transport/types.js';

/** One end of a pair. What is sent is encoded and decoded, and arrives in a later microtask at the other end. */
export class ChannelEnd implements MirrorChannel {
  /** As set by a test: bytes that the network is said to be behind. */
  bufferedBytes = 0;
  /** Every frame that left here, as bytes. */
  readonly sent: Uint8Array<ArrayBuffer>[] = [];
  /** Tests change or drop frames on their way here: undefined drops. */
  onWay: (frame: Frame) => Frame | undefined = (frame) => frame;
  other!: ChannelEnd;
  #open = true;
  readonly #frames: [FrameKind, (frame: Frame) => void][] = [];
  readonly #openChanges: ((open: boolean) => void)[] = [];

  get open(): boolean {
    return this.#open;
  }

  set open(open: boolean) {
    if (open === this.#open) return;
    this.#open = open;
    for (const listener of [...this.#openChanges]) listener(open);
  }

  send(frame: OutgoingFrame): boolean {
    if (!this.#open) return false;
    const bytes = encodeFrame({ ...frame, sender: 'consumer-1' });
    this.sent.push(bytes);
    queueMicrotask(() => this.other.receive(decodeFrame(bytes.slice())));
    return true;
  }

  receive(sent: Frame): void {
    const frame = this.onWay(sent);
    if (!frame || !this.#open) return;
    for (const [kind, listener] of [...this.#frames]) if (kind === frame.kind) listener(frame);
  }

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    const entry: [FrameKind, (frame: Frame) => void] = [kind, listener];
    this.#frames.push(entry);
    return () => void this.#frames.splice(this.#frames.indexOf(entry), 1);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    this.#openChanges.push(listener);
    return () => void this.#openChanges.splice(this.#openChanges.indexOf(listener), 1);
  }
}

export function channelPair(): { consumer: ChannelEnd; agent: ChannelEnd } {
  const [consumer, agent] = [new ChannelEnd(), new ChannelEnd()];
  consumer.other = agent;
  agent.other = consumer;
  return { consumer, agent };
}
