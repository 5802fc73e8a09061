import { encodeJson, LIMITS, type ConsumerTask, type LiveMessage, type RefusalCode } from '../../../protocol/index.js';
import type { MirrorChannel } from '../../transport/types.js';
import type { Counts } from './counts.js';
import { Rate } from './rate.js';
import type { Reason } from './types.js';

const REFUSALS_PER_SECOND = 20;

/** What the agent is told for a reason of the gate. */
const CODES: Readonly<Record<Reason, RefusalCode>> = {
  'no-grant': 'wrong-status',
  'other-agent': 'wrong-status',
  'other-grant': 'wrong-status',
  'old-page': 'stale',
  'old-run': 'stale',
  replayed: 'stale',
  'too-fast': 'rate-limited',
  'too-much': 'rate-limited',
  malformed: 'malformed-frame',
};

/** Names the batch that an answer is to. */
export interface BatchName {
  run?: string;
  seq?: number;
}

/** Tells the agent what became of its input. Refusals are counted, and told so far as they aren't a flood. */
export class Replies {
  readonly #mirror: MirrorChannel;
  readonly #counts: Counts;
  readonly #refusals = new Rate(REFUSALS_PER_SECOND, REFUSALS_PER_SECOND);

  constructor(mirror: MirrorChannel, counts: Counts) {
    this.#mirror = mirror;
    this.#counts = counts;
  }

  /** A batch was not let in. */
  turnAway(reason: Reason, name: BatchName): void {
    this.#counts.add(reason);
    this.#refused(name, CODES[reason]);
  }

  /** A primitive was not performed. */
  refuse(name: BatchName, code: RefusalCode, what?: ConsumerTask, node = -1): void {
    this.#counts.add(what ? `${code}:${what}` : code);
    this.#refused(name, code, what, node);
  }

  #refused({ run, seq }: BatchName, code: RefusalCode, what?: ConsumerTask, node = -1): void {
    if (!this.#refusals.take()) return;
    this.send({
      type: 'refused',
      // a batch that can't be read has no name
      run: run ?? '-',
      seq: seq ?? 0,
      code,
      ...(what ? { what } : {}),
      ...(node > 0 ? { node } : {}),
    });
  }

  copied(run: string, text: string): void {
    this.send({ type: 'copied', run, text: text.slice(0, LIMITS.inputTextLength) });
  }

  send(message: LiveMessage): void {
    this.#mirror.send({ kind: 'live', payload: encodeJson(message) });
  }
}
