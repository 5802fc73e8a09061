import {
  closeName,
  decodeControl,
  decodeFrame,
  encodeFrame,
  encodeJson,
  isFinalClose,
  SUBPROTOCOL,
  type CloseName,
  type ControlMessage,
  type Frame,
  type FrameKind,
} from '../../protocol/index.js';
import { Listeners } from './listeners.js';
import type { MirrorChannel, OutgoingFrame } from './types.js';

const pingMilliseconds = 4000;
/** Nothing heard for so long, although pings went out: the network is gone. */
const deafMilliseconds = 10_000;
const longestPause = 2000;

export interface MirrorSocketOptions {
  /** Address with the session. */
  url: string;
  token: () => string;
  webSocket?: typeof WebSocket;
  onHello(message: Extract<ControlMessage, { type: 'hello' }>): void;
  onLatency(milliseconds: number): void;
  /** `again`: it will be tried again by itself. */
  onClosed(reason: { code: number; name: CloseName | undefined; final: boolean }): void;
}

/** The mirror connection: frames in order while it is open, opened again by itself. */
export class MirrorSocket implements MirrorChannel {
  readonly #options: MirrorSocketOptions;
  readonly #frames = new Map<FrameKind, Listeners<Frame>>();
  readonly #openChanges = new Listeners<boolean>();
  #socket: WebSocket | undefined;
  #ready = false;
  #failures = 0;
  #wanted = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #heard = 0;

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
    if (!this.#ready || this.#socket?.readyState !== 1) return false;
    this.#socket.send(encodeFrame(frame));
    return true;
  }

  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void {
    const listeners = this.#frames.get(kind) ?? new Listeners<Frame>();
    this.#frames.set(kind, listeners);
    return listeners.add(listener);
  }

  onOpenChange(listener: (open: boolean) => void): () => void {
    return this.#openChanges.add(listener);
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** The network is back: do not wait for the next try. */
  hurry(): void {
    if (!this.#wanted || this.#socket) return;
    clearTimeout(this.#retry);
    this.#open();
  }

  #open(): void {
    const { webSocket = WebSocket, url, token } = this.#options;
    const socket = new webSocket(url, [SUBPROTOCOL, token()]);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket && data instanceof ArrayBuffer) this.#receive(new Uint8Array(data));
    };
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#closed(code);
    };
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#heard = Date.now();
    let frame: Frame;
    try {
      frame = decodeFrame(bytes);
    } catch {
      return;
    }
    if (frame.kind === 'control') this.#control(decodeControl(frame.payload));
    this.#frames.get(frame.kind)?.emit(frame);
  }

  #control(message: ControlMessage | undefined): void {
    if (message?.type === 'hello') {
      this.#failures = 0;
      this.#ready = true;
      clearInterval(this.#beat);
      this.#beat = setInterval(() => this.#ping(), pingMilliseconds);
      this.#options.onHello(message);
      this.#openChanges.emit(true);
      this.#ping();
    } else if (message?.type === 'pong' && Number.isFinite(message.at)) {
      this.#options.onLatency(Math.max(0, performance.now() - message.at));
    }
  }

  #ping(): void {
    if (Date.now() - this.#heard > deafMilliseconds) {
      this.#drop();
      this.#closed(1006);
    } else {
      this.send({ kind: 'control', payload: encodeJson({ type: 'ping', at: performance.now() }) });
    }
  }

  #closed(code: number): void {
    this.#drop();
    const final = isFinalClose(code);
    if (final) this.#wanted = false;
    this.#options.onClosed({ code, name: closeName(code), final });
    if (!this.#wanted) return;
    const pause = Math.min(longestPause, 100 * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
    this.#retry = setTimeout(() => this.#open(), pause);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    clearInterval(this.#beat);
    if (socket) {
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
    if (this.#ready) {
      this.#ready = false;
      this.#openChanges.emit(false);
    }
  }
}
