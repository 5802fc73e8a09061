import { encodeJson, LIMITS, type BrowserCommand, type Primitive } from '../../protocol/index.js';
import { internalsOf } from '../session/internals.js';
import type { SessionState, SessionStore } from '../session/types.js';

/** The `events` frame that the agent's mirror showed last. */
export interface Seen {
  readonly epoch: number;
  readonly seq: number;
}

/** Numbers and sends the agent's input: one for a store, whoever sends, so that no two runs replace each other. */
export interface InputSender {
  /** Names this sitting; the same as long as the store lives. */
  readonly run: string;
  /** Number of the last batch; 0 before the first. */
  readonly lastSeq: number;
  /** Goes into the header of what is sent from now on; `player.seen`, set by who has the mirror. */
  seen: Seen;
  /** `seen.epoch`, set alone. */
  epoch: number;
  /**
   * Sends primitives as one batch, or as several where they are too large for one.
   * @param seen what the mirror showed when they were done; default: the property
   * @returns false when something could not be sent: no control, no connection, or too large
   */
  send(primitives: readonly Primitive[], seen?: Seen): boolean;
}

type Controlled = Pick<SessionState, 'status' | 'mode' | 'controller' | 'me' | 'grant' | 'connection' | 'request'>;

/** Id of the grant by which this agent works the consumer's page now, or null; also while a question waits for its answer. */
export function grantOf(state: Controlled): string | null {
  const { status, mode, controller, me, grant, connection, request } = state;
  const isOurs = me !== null && controller === me.id;
  if (status !== 'active' || mode !== 'remote-control' || !isOurs || connection !== 'online' || request) return null;
  return grant?.id ?? null;
}

const senders = new WeakMap<SessionStore, Sender>();

/** The sender of this store; the first call makes it. */
export function inputSenderOf(store: SessionStore): InputSender {
  let sender = senders.get(store);
  if (!sender) senders.set(store, (sender = new Sender(store)));
  return sender;
}

/**
 * Goes back, forward, to another page of the consumer's site, or loads it again.
 * @param address of the same site, with `go`
 * @returns false when it could not be sent
 */
export function sendCommand(store: SessionStore, command: BrowserCommand, address?: string): boolean {
  const primitive: Primitive = command === 'go' ? [12, command, address ?? ''] : [12, command];
  return inputSenderOf(store).send([primitive]);
}

class Sender implements InputSender {
  readonly run = randomName();
  seen: Seen = { epoch: 0, seq: 0 };
  readonly #store: SessionStore;
  #seq = 0;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  get lastSeq(): number {
    return this.#seq;
  }

  get epoch(): number {
    return this.seen.epoch;
  }

  set epoch(epoch: number) {
    this.seen = { ...this.seen, epoch };
  }

  send(primitives: readonly Primitive[], seen = this.seen): boolean {
    const grant = grantOf(this.#store.getState());
    return grant !== null && this.#sendAll(primitives, grant, seen);
  }

  #sendAll(primitives: readonly Primitive[], grant: string, seen: Seen): boolean {
    const { length } = primitives;
    const seq = this.#seq + 1;
    const payload = encodeJson({ run: this.run, seq, grant, primitives });
    if (length > LIMITS.primitivesPerBatch || (length > 1 && payload.length > LIMITS.inputFrameBytes)) {
      const half = Math.ceil(length / 2);
      const isSent = this.#sendAll(primitives.slice(0, half), grant, seen);
      return this.#sendAll(primitives.slice(half), grant, seen) && isSent;
    }
    if (length === 0 || payload.length > LIMITS.inputFrameBytes) return length === 0;
    this.#seq = seq;
    const { epoch, seq: frame } = seen;
    return internalsOf(this.#store)?.mirror.send({ kind: 'input', payload, epoch, seq: frame }) ?? false;
  }
}

// `randomUUID` is missing on desks without https
function randomName(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('');
}
