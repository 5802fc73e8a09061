import {
  closeName,
  decodeControl,
  decodeFrame,
  encodeFrame,
  encodeJson,
  isFinalClose,
  LIMITS,
  SUBPROTOCOL,
  type CloseName,
  type ControlMessage,
  type Frame,
  type FrameKind,
} from '../../protocol/index.js';
import { retryPause } from './backoff.js';
import { FrameListeners } from './frame-listeners.js';
import type { MirrorChannel, OutgoingFrame } from './types.js';

const pingMilliseconds = 1000;
/** So many pings in a row unanswered: something is wrong. Counted, not timed: timers of a hidden page come late. */
const stalledPings = 2;
/** So many: the connection is given up. */
const lostPings = 10;
const openState = 1;

export interface MirrorSocketOptions {
  /** Address with the session. */
  url: string;
  token: () => string;
  webSocket?: typeof WebSocket;
  onHello(message: Extract<ControlMessage, { type: 'hello' }>): void;
  onLatency(milliseconds: number): void;
  /** Nothing has come for a while, though the connection is open; or something does again. */
  onStalled(isStalled: boolean): void;
  /** `final`: it isn't tried again until `connect`. */
  onClosed(reason: { code: number; name: CloseName | undefined; final: boolean; token: string }): void;
}

/** The mirror connection: frames in order while it is open, opened again by itself. */
export class MirrorSocket implements MirrorChannel {
  readonly #options: MirrorSocketOptions;
  readonly #listeners = new FrameListeners();
  #socket: WebSocket | undefined;
  #token = '';
  #ready = false;
  #failures = 0;
  #wanted = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #unanswered = 0;
  #isStalled = false;

  constructor(options: MirrorSocketOptions) {
    this.#options = options;
  }

  get open(): boolean {
    return this.#ready;
  }

  get bufferedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  connect(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#open();
  }

  send(frame: OutgoingFrame): boolean {
    const socket = this.#socket;
    if (!this.#ready || socket?.readyState !== openState) return false;
    // a network that takes nothing must not make the page's memory grow
    if (socket.bufferedAmount + frame.payload.length > LIMITS.peerBufferBytes) return false;
    socket.send(encodeFrame(frame));
    return true;
  }

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    return this.#listeners.onFrame(kind, listener);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    return this.#listeners.onOpenChange(listener);
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** The network is back: the next try is now. */
  hurry(): void {
    if (!this.#wanted) return;
    // of a connection from before the loss nobody knows whether the other end still has it
    if (this.#isStalled) this.#drop();
    if (this.#socket) return;
    clearTimeout(this.#retry);
    this.#open();
  }

  /** The network is gone. */
  stall(): void {
    if (this.#ready) this.#setStalled(true);
  }

  #open(): void {
    const { webSocket = WebSocket, url, token } = this.#options;
    this.#token = token();
    const socket = new webSocket(url, [SUBPROTOCOL, this.#token]);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket && data instanceof ArrayBuffer) this.#receive(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#closed(code);
    };
    // told by `onclose` too; in Node an error that nobody listens to ends the process
    socket.onerror = () => undefined;
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#unanswered = 0;
    this.#setStalled(false);
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch {
      return;
    }
    if (frame.kind === 'control') this.#control(decodeControl(frame.payload));
    this.#listeners.emitFrame(frame);
  }

  #control(message: ControlMessage | undefined): void {
    if (message?.type === 'hello' && !this.#ready) {
      this.#failures = 0;
      this.#ready = true;
      this.#beat = setInterval(() => this.#ping(), pingMilliseconds);
      this.#options.onHello(message);
      this.#listeners.emitOpen(true);
      this.#ping();
    } else if (message?.type === 'pong' && Number.isFinite(message.at)) {
      this.#options.onLatency(Math.max(0, performance.now() - message.at));
    }
  }

  #ping(): void {
    if (this.#unanswered >= lostPings) return this.#closed(1006);
    if (this.#unanswered >= stalledPings) this.#setStalled(true);
    this.#unanswered++;
    this.send({ kind: 'control', payload: encodeJson({ type: 'ping', at: performance.now() }) });
  }

  #setStalled(isStalled: boolean): void {
    if (isStalled === this.#isStalled) return;
    this.#isStalled = isStalled;
    this.#options.onStalled(isStalled);
  }

  #closed(code: number): void {
    this.#drop();
    const final = isFinalClose(code);
    if (final) this.#wanted = false;
    else this.#retry = setTimeout(() => this.#open(), retryPause(this.#failures++));
    this.#options.onClosed({ code, name: closeName(code), final, token: this.#token });
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#unanswered = 0;
    clearInterval(this.#beat);
    if (socket) {
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
    if (!this.#ready) return;
    this.#ready = false;
    this.#setStalled(false);
    this.#listeners.emitOpen(false);
  }
}
