import {
  isAnswerEntry,
  isOneOf,
  LIMITS,
  MODES,
  STATUSES,
  STEP_DOWN_REASONS,
  END_REASONS,
  type AnswerEntry,
  type Decision,
  type EndReason,
  type ErrorCode,
} from '../../protocol/index.js';
import { IDLE, transition, type Machine, type MachineEvent, type MachineGrant, type Question } from './machine.js';
import { readMemory, writeMemory, type Remembered } from './tab-memory.js';
import type { SessionOptions } from './types.js';

const rememberedAnswers = 200;
/** On the way to the next page; a tab that comes back later was closed. */
const controlAwayMilliseconds = 90_000;

/**
 * What the consumer's side knows of its own session, whatever the doc says: where it stands, and how each request was
 * settled. Written to the tab's memory on each change.
 */
export class ConsumerMemory {
  machine: Machine = IDLE;
  since = Date.now();
  startedAt: number | null = null;
  /** When the pending question was first seen. */
  askedAt = 0;
  /** Id of the question for which the consumer has taken more time; it may be settled since. */
  moreTime: string | null = null;
  readonly #settled = new Map<string, AnswerEntry>();
  readonly #options: SessionOptions;
  readonly #session: string;
  readonly #writer = Math.random().toString(36).slice(2);
  #forgotten = false;

  constructor(options: SessionOptions, session: string) {
    this.#options = options;
    this.#session = session;
    const found = readMemory(options.memory, options.server);
    if (found?.session === session) this.#load(found);
    this.save();
  }

  /**
   * Takes over what a later page of this tab has written: this one may have slept in the browser's cache meanwhile.
   * @param back after a lost connection, when a memory that is gone means that the later page left the session.
   */
  catchUp(back: boolean): void {
    if (!this.#options.memory || this.#forgotten) return;
    const found = readMemory(this.#options.memory, this.#options.server);
    if (found?.session === this.#session) {
      if (found.writer === this.#writer) return;
      this.#load(found);
      this.save();
    } else if (found || back) {
      this.#end('replaced');
      this.#forgotten = true;
    }
  }

  /** Once for each question. @returns why not. */
  takeMoreTime(id: string): ErrorCode | null {
    if (this.machine.question?.id !== id) return 'request-not-found';
    if (this.moreTime === id) return 'wrong-status';
    this.moreTime = id;
    this.save();
    return null;
  }

  /** When the pending question ends without an answer. @param seconds that a question has, once or twice. */
  expiryOf(id: string, seconds: number): number {
    return this.askedAt + seconds * 1000 * (this.moreTime === id ? 2 : 1);
  }

  answerTo(id: string): AnswerEntry | undefined {
    return this.#settled.get(id);
  }

  settle(id: string, decision: Decision, shown: AnswerEntry['shown']): void {
    this.#settled.delete(id);
    this.#settled.set(id, { decision, at: Date.now(), ...(shown ? { shown } : {}) });
    if (this.#settled.size > rememberedAnswers) this.#settled.delete(this.#settled.keys().next().value!);
  }

  save(): void {
    if (this.#forgotten) return;
    writeMemory(this.#options.memory, this.#options.server, {
      version: 1,
      session: this.#session,
      writer: this.#writer,
      machine: this.machine,
      since: this.since,
      startedAt: this.startedAt,
      askedAt: this.askedAt,
      moreTime: this.moreTime,
      aliveAt: Date.now(),
      settled: [...this.#settled].map(([id, { decision, at }]) => [id, { decision, at }]),
    });
  }

  /** Another tab has taken over, or the server has ended it: it's over here, and nothing is written any more. */
  forget(reason: EndReason): void {
    this.#end(reason);
    this.#forgotten = true;
    // it may be the next page of this very tab that took over, and it has written its own
    const { memory, server } = this.#options;
    if (readMemory(memory, server)?.writer === this.#writer) writeMemory(memory, server, null);
  }

  #load(found: Remembered): void {
    const machine = toMachine(found.machine);
    if (!machine) return;
    this.machine = machine;
    this.since = number(found.since) ?? Date.now();
    this.startedAt = number(found.startedAt);
    this.askedAt = number(found.askedAt) ?? Date.now();
    this.moreTime = typeof found.moreTime === 'string' ? found.moreTime : null;
    this.#restoreAnswers(found.settled);
    // a closed tab that the browser brings back hours later has no say any more
    const aliveAt = number(found.aliveAt) ?? 0;
    const away = Date.now() - aliveAt;
    if (away > controlAwayMilliseconds && machine.mode === 'remote-control')
      this.#change({ type: 'stepped-down', reason: 'left' });
    if (away > LIMITS.consumerGraceSeconds * 1000) this.#end('left');
  }

  #end(reason: EndReason): void {
    if (this.#change({ type: 'ended', reason })) this.since = Date.now();
  }

  #change(event: MachineEvent): boolean {
    const verdict = transition(this.machine, event);
    if (verdict.ok) this.machine = verdict.machine;
    return verdict.ok;
  }

  #restoreAnswers(settled: unknown): void {
    if (!Array.isArray(settled)) return;
    for (const pair of settled as unknown[]) {
      const [id, answer] = Array.isArray(pair) ? (pair as unknown[]) : [];
      if (typeof id === 'string' && isAnswerEntry(answer)) this.#settled.set(id, answer);
    }
  }
}

/** The machine, or undefined when it isn't one. A version before grants had names leaves screen share. */
function toMachine(value: unknown): Machine | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const machine: Machine = { ...IDLE, ...value };
  if (!isMachine(machine)) return undefined;
  if (machine.mode === null || machine.mode === 'screen-share' || machine.grant) return machine;
  return { ...machine, mode: 'screen-share', controller: null };
}

function isMachine(machine: Record<keyof Machine, unknown>): boolean {
  const { status, mode, question, controller, grant, stepDown, endedBy } = machine;
  const sharing = status === 'active' || status === 'paused';
  const isBeyond = sharing && mode !== 'screen-share';
  return (
    isOneOf(STATUSES, status) &&
    (sharing ? isOneOf(MODES, mode) : mode === null) &&
    (question === null || isQuestion(question)) &&
    (status !== 'requested' || question !== null) &&
    (mode === 'remote-control' ? typeof controller === 'string' && status === 'active' : controller === null) &&
    (grant === null || (isBeyond && isGrant(grant))) &&
    (stepDown === null || isOneOf(STEP_DOWN_REASONS, stepDown)) &&
    (endedBy === null || isOneOf(END_REASONS, endedBy))
  );
}

function isGrant(value: unknown): value is MachineGrant {
  const { id, until } = (value ?? {}) as Record<keyof MachineGrant, unknown>;
  return typeof id === 'string' && (until === null || number(until) !== null);
}

function isQuestion(value: unknown): value is Question {
  const question = value as Question | undefined;
  const minutes = question?.minutes;
  return (
    typeof question?.id === 'string' &&
    typeof question.agent === 'string' &&
    isOneOf(MODES, question.mode) &&
    (minutes === undefined || number(minutes) !== null)
  );
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
