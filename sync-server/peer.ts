import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { CLOSE_CODES, type CloseName } from '../protocol/index.js';
import type { Person } from './token-verifier.js';

/** One authenticated socket. */
export class Peer {
  /** Short enough to be read out by phone; the same in the log and at the browser. */
  readonly id = randomBytes(4).toString('hex');
  readonly person: Person;
  readonly socket: WebSocket;
  /** Bytes that may wait for this peer. */
  readonly #bufferLimit: number;
  lastSent = Date.now();
  isAlive = true;
  /** When it was last asked for a sign of life. */
  pinged = Date.now();

  constructor(socket: WebSocket, person: Person, bufferLimit: number) {
    this.socket = socket;
    this.person = person;
    this.#bufferLimit = bufferLimit;
    socket.on('pong', () => (this.isAlive = true));
  }

  /** Whether so many bytes more would still be within the bound. */
  hasRoom(bytes: number): boolean {
    return this.socket.bufferedAmount + bytes <= this.#bufferLimit;
  }

  /** @returns false when the peer reads too slowly: nothing is queued then. */
  send(bytes: Uint8Array): boolean {
    if (this.socket.readyState !== 1) return true;
    if (!this.hasRoom(bytes.length)) return false;
    this.lastSent = Date.now();
    this.socket.send(bytes, { binary: true });
    return true;
  }

  ping(now: number): void {
    this.isAlive = false;
    this.pinged = now;
    this.socket.ping();
  }

  close(name: CloseName): void {
    closeSocket(this.socket, name);
  }
}

const patienceMilliseconds = 2000;

/** Closes with a named code, and hard when the peer doesn't answer. */
export function closeSocket(socket: WebSocket, name: CloseName): void {
  if (socket.readyState >= 2) return;
  socket.close(CLOSE_CODES[name], name);
  const timer = setTimeout(() => socket.terminate(), patienceMilliseconds);
  socket.once('close', () => clearTimeout(timer));
}
