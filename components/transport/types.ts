import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { CloseName, Frame, FrameKind, Role, ServerSettings } from '../../protocol/index.js';

/** Who the token says we are. Read by the browser for display only; the server decides. */
export interface Identity {
  sub: string;
  name: string;
  role: Role;
  session: string;
  color?: string;
  modes?: readonly string[];
}

export type OutgoingFrame = Pick<Frame, 'kind' | 'payload'> & Partial<Pick<Frame, 'flags' | 'epoch' | 'seq'>>;

/** One participant's mirror connection. Payloads are not interpreted here. */
export interface MirrorChannel {
  /** Whether frames can be sent now. */
  readonly open: boolean;
  /** Bytes accepted by `send` and not yet by the network. */
  readonly bufferedBytes: number;
  /** @returns false when the frame could not be sent: nothing is queued while closed. */
  send(frame: OutgoingFrame): boolean;
  /** Frames of a kind from others, in order. @returns the way to stop. */
  onFrame(kind: FrameKind, listener: (frame: Frame) => void): () => void;
  /** Called on each opening and closing. */
  onOpenChange(listener: (open: boolean) => void): () => void;
}

export interface TransportEvents {
  /** `synced` is true when the doc holds what the server holds. */
  status(status: { connected: boolean; synced: boolean }): void;
  /** The server gave a named reason. `final`: it won't be tried again without a change. */
  closed(reason: { code: number; name: CloseName | undefined; final: boolean }): void;
  settings(settings: ServerSettings): void;
  /** Round trip, milliseconds. */
  latency(milliseconds: number): void;
  /** The doc was dropped after a refused update; `doc` and `awareness` are new ones, empty. */
  replaced(): void;
}

/** Both connections of one participant in one session. */
export interface Transport {
  readonly identity: Identity;
  doc: Y.Doc;
  awareness: Awareness;
  readonly mirror: MirrorChannel;
  /** Opens the mirror connection; it is kept open until `close`. Does nothing when it is open. */
  openMirror(): void;
  /** Closes both, finally. */
  close(): void;
}

export interface TransportRequest {
  server: string;
  session: string;
  /** Asked before each connection; the transport decodes the identity from it. */
  token: (reason: 'connect' | 'refresh') => Promise<string>;
  events: TransportEvents;
}

/** @throws {CobrowseError} (rejects) when the token can't be had or read. */
export type TransportFactory = (request: TransportRequest) => Promise<Transport>;
