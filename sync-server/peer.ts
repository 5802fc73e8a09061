import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { CloseName } from '../protocol/index.js';
import { closeSocket } from './named-socket.js';
import { Rate } from './rate.js';
import type { Person } from './token-verifier.js';

const pingsPerSecond = 10;

/** One authenticated socket. */
export class Peer {
  /** Short enough to be read out by phone; the same in the log and at the browser. */
  readonly id = randomBytes(4).toString('hex');
  readonly person: Person;
  readonly socket: WebSocket;
  readonly #bufferLimit: number;
  #lastSent = Date.now();
  #lastHeard = Date.now();
  #isAlive = true;
  #pinged = Date.now();
  #bufferedAtPing = 0;
  readonly #pings = new Rate(pingsPerSecond);

  /** @param bufferLimit bytes that may wait for this peer. */
  constructor(socket: WebSocket, person: Person, bufferLimit: number) {
    this.socket = socket;
    this.person = person;
    this.#bufferLimit = bufferLimit;
    const alive = () => {
      this.#isAlive = true;
      this.#lastHeard = Date.now();
    };
    socket.on('pong', alive);
    socket.on('message', alive);
  }

  /** When something was last sent, milliseconds since 1970. */
  get lastSent(): number {
    return this.#lastSent;
  }

  /** When this browser last gave a sign of life, milliseconds since 1970. */
  get lastHeard(): number {
    return this.#lastHeard;
  }

  /** Most of what waited has been read. */
  get isDrained(): boolean {
    return this.socket.bufferedAmount <= this.#bufferLimit / 4;
  }

  /** Whether so many bytes more are within the bound. One message is, whatever its size, when nothing waits. */
  hasRoom(bytes: number): boolean {
    const { bufferedAmount } = this.socket;
    return bufferedAmount === 0 || bufferedAmount + bytes <= this.#bufferLimit;
  }

  /** @returns false when the peer reads too slowly: nothing is queued then. */
  send(bytes: Uint8Array): boolean {
    if (this.socket.readyState !== 1) return true;
    if (!this.hasRoom(bytes.length)) return false;
    this.#queue(bytes);
    return true;
  }

  /** For the few bytes that a slow peer must get too. @returns false when even that is too much. */
  sendAnyway(bytes: Uint8Array): boolean {
    if (this.socket.readyState !== 1) return true;
    if (this.socket.bufferedAmount > this.#bufferLimit * 2) return false;
    this.#queue(bytes);
    return true;
  }

  /** Asks for a sign of life, when it is time. @returns false when the last one was never given. */
  beat(now: number, interval: number): boolean {
    if (now - this.#pinged < interval) return true;
    const { bufferedAmount } = this.socket;
    // a ping waits behind what is queued: reading is a sign of life too
    if (!this.#isAlive && bufferedAmount >= this.#bufferedAtPing) return false;
    this.#isAlive = false;
    this.#pinged = now;
    this.#bufferedAtPing = bufferedAmount;
    this.socket.ping();
    return true;
  }

  /** @returns false when there are too many. */
  answerPing(data: Buffer): boolean {
    if (this.socket.readyState !== 1) return true;
    if (!this.#pings.take()) return false;
    if (this.hasRoom(data.length)) this.socket.pong(data);
    return true;
  }

  close(name: CloseName): void {
    closeSocket(this.socket, name);
  }

  #queue(bytes: Uint8Array): void {
    this.#lastSent = Date.now();
    this.socket.send(bytes, { binary: true });
  }
}
