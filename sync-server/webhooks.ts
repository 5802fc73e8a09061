import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './log.js';

export interface WebhookEvent {
  type: string;
  session: string;
  data: Record<string, unknown>;
}

export interface WebhookOptions {
  url: string;
  /** Signs each delivery with HMAC-SHA256. */
  secret: string;
  log: Log;
  /** Milliseconds before each further try; after the last one it is given up. Default: over 24 hours. */
  pauses?: readonly number[];
  /** Told when one is given up, or has no room. */
  onLost?: () => void;
}

interface Delivery {
  id: string;
  body: string;
  tries: number;
}

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const defaultPauses = [
  ...[second, 5 * second, 30 * second, 2 * minute, 10 * minute, hour / 2, hour, 2 * hour],
  ...[4 * hour, 8 * hour, 8 * hour],
];
const answerMilliseconds = 10_000;
/** Deliveries of one session stay in their order; of several they go side by side. */
const lanes = 8;
const mostWaiting = 10_000;
/** What the other side says no to won't be liked better later. */
const mostRejections = 3;

/** Tells an integrator's back end what happens: signed, tried again for a day, and bounded. */
export class Webhooks {
  readonly #options: WebhookOptions;
  readonly #pauses: readonly number[];
  readonly #queues: Delivery[][] = Array.from({ length: lanes }, () => []);
  readonly #busy = new Set<number>();
  readonly #stop = new AbortController();
  #waiting = 0;

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#pauses = options.pauses ?? defaultPauses;
  }

  /** Deliveries that have not got through yet. */
  get waiting(): number {
    return this.#waiting;
  }

  send({ type, session, data }: WebhookEvent, at = new Date().toISOString()): void {
    if (this.#stop.signal.aborted) return;
    if (this.#waiting >= mostWaiting) return this.#lost(type, 'too many wait');
    const id = randomUUID();
    const lane = hash(session) % lanes;
    this.#queues[lane]!.push({ id, body: JSON.stringify({ id, type, at, session, data }), tries: 0 });
    this.#waiting++;
    void this.#run(lane);
  }

  /** Gives what waits so many milliseconds, and stops. What is left is in the audit log. */
  async close(milliseconds: number): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (this.#waiting > 0 && Date.now() < deadline) await delay(20);
    this.#stop.abort();
    if (this.#waiting > 0) this.#options.log.warn({ count: this.#waiting }, 'webhooks not delivered');
  }

  async #run(lane: number): Promise<void> {
    if (this.#busy.has(lane)) return;
    this.#busy.add(lane);
    const queue = this.#queues[lane]!;
    for (let next = queue[0]; next && !this.#stop.signal.aborted; next = queue[0]) {
      await this.#deliver(next);
      queue.shift();
      this.#waiting--;
    }
    this.#busy.delete(lane);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    for (; !this.#stop.signal.aborted; delivery.tries++) {
      const result = await this.#post(delivery);
      if (result === 'taken') return;
      const wait = this.#pauses[delivery.tries];
      if (wait === undefined || (result === 'rejected' && delivery.tries + 1 >= mostRejections)) {
        this.#lost(delivery.id, `given up after ${delivery.tries + 1} tries`);
        return;
      }
      await pause(wait * (0.9 + Math.random() * 0.2), this.#stop.signal);
    }
  }

  async #post({ id, body }: Delivery): Promise<'taken' | 'rejected' | 'failed'> {
    const { url, secret, log } = this.#options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'cobrowse-webhook-id': id,
          'cobrowse-signature': signatureOf(body, secret, Math.floor(Date.now() / 1000)),
        },
        body,
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(answerMilliseconds)]),
      });
      await response.body?.cancel();
      if (response.ok) return 'taken';
      log.warn({ webhook: id, status: response.status }, 'a webhook was not taken');
      const isFinal = response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status);
      return isFinal ? 'rejected' : 'failed';
    } catch {
      if (!this.#stop.signal.aborted) log.warn({ webhook: id }, 'a webhook could not be delivered');
      return 'failed';
    }
  }

  #lost(what: string, why: string): void {
    this.#options.log.error({ webhook: what, why }, 'a webhook is lost');
    this.#options.onLost?.();
  }
}

/** `t=<seconds since 1970>,v1=<hex of HMAC-SHA256 over "<t>.<body>">` */
export function signatureOf(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    timer.unref();
    signal?.addEventListener('abort', done);
    if (signal?.aborted) done();
  });
}

function hash(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return sum;
}
