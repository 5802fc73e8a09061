import { decodeJson, LIMITS, readInputBatch, type Frame, type InputBatch } from '../../../protocol/index.js';
import { Rate } from './rate.js';
import type { Grant, Reason } from './types.js';

const PRIMITIVES_PER_SECOND = 240;
const BYTES_PER_SECOND = 64 * 1024;
/** Runs of one grant that are remembered, so that none of them comes back. */
const RUNS = 1000;

export interface GateOptions {
  grant(): Grant | null;
  /** Whether frames of this epoch were sent by this document. */
  isOurs(epoch: number): boolean;
}

export type Admission = { batch: InputBatch } | { reason: Reason; run?: string; seq?: number };

/** Lets input through that the consumer has allowed to this very sender, once, in order, and not too much of it. */
export class Gate {
  readonly #options: GateOptions;
  readonly #primitives = new Rate(PRIMITIVES_PER_SECOND, 2 * PRIMITIVES_PER_SECOND);
  readonly #bytes = new Rate(BYTES_PER_SECOND, 2 * BYTES_PER_SECOND);
  readonly #pastRuns = new Set<string>();
  #run: string | null = null;
  #seq = -1;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Why this sender may do nothing now, or null. Asked again before every primitive. */
  whyNot(sender: string, id?: string): Reason | null {
    const grant = this.#options.grant();
    if (!grant || (grant.until !== null && Date.now() >= grant.until)) return 'no-grant';
    if (grant.agent !== sender) return 'other-agent';
    return id !== undefined && grant.id !== id ? 'other-grant' : null;
  }

  admit({ sender, epoch, payload }: Frame): Admission {
    const reason = this.whyNot(sender);
    if (reason) return { reason, ...named(payload) };
    // before it is read: reading costs too
    if (payload.length > LIMITS.inputFrameBytes) return { reason: 'malformed' };
    if (!this.#bytes.take(payload.length)) return { reason: 'too-much' };
    const value = decodeJson(payload);
    const batch = readInputBatch(value);
    if (!batch) return { reason: 'malformed', ...nameOf(value) };
    const refusal = this.#whyNotBatch(batch, sender, epoch);
    return refusal ? { reason: refusal, run: batch.run, seq: batch.seq } : { batch };
  }

  #whyNotBatch({ run, seq, grant, primitives }: InputBatch, sender: string, epoch: number): Reason | null {
    const reason = this.whyNot(sender, grant);
    if (reason) return reason;
    if (!this.#options.isOurs(epoch)) return 'old-page';
    const order = this.#follow(run, seq);
    if (order) return order;
    return this.#primitives.take(primitives.length) ? null : 'too-fast';
  }

  #follow(run: string, seq: number): Reason | null {
    if (run !== this.#run) {
      if (this.#pastRuns.has(run) || this.#pastRuns.size >= RUNS) return 'old-run';
      if (this.#run !== null) this.#pastRuns.add(this.#run);
      this.#run = run;
    } else if (seq <= this.#seq) return 'replayed';
    this.#seq = seq;
    return null;
  }

  /** Whether the run is the one that goes on: what of a replaced one still waits is not performed. */
  isCurrent(run: string): boolean {
    return run === this.#run;
  }
}

/** For the answer to a batch that is refused unread. A large one stays unread. */
export function named(payload: Uint8Array<ArrayBuffer>): { run?: string; seq?: number } {
  return payload.length > 4096 ? {} : nameOf(decodeJson(payload));
}

function nameOf(value: unknown): { run?: string; seq?: number } {
  const { run, seq } = (value ?? {}) as Record<string, unknown>;
  const isNamed = typeof run === 'string' && run !== '' && run.length <= 64 && Number.isInteger(seq);
  return isNamed ? { run, seq: seq as number } : {};
}
