import type { AnswerEntry, Decision, ErrorCode, RequestEntry } from '../../protocol/index.js';
import { Alarm } from './alarm.js';
import { isSame } from './doc-access.js';
import { done, outcomeOf, pendingRequest, refused, type LiveContext, type Side } from './live-context.js';
import { IDLE, isSharing, transition, type Machine, type MachineEvent } from './machine.js';
import { offeredModes } from './offers.js';
import { readMemory, writeMemory } from './tab-memory.js';
import type { Action, DispatchResult, PendingRequest } from './types.js';

const rememberedRequests = 200;

/**
 * The consumer's side: the authority. It keeps the machine in its own memory, carries out what agents ask, and overwrites
 * a doc that says otherwise.
 */
export class ConsumerSide implements Side {
  readonly #context: LiveContext;
  readonly #pending = new Map<string, PendingRequest>();
  readonly #settled: Set<string>;
  readonly #expiry = new Alarm(() => this.#expire());
  readonly #viewTimeout = new Alarm(() => this.#apply({ type: 'ended', reason: 'expired' }));
  readonly #pauseTimeout = new Alarm(() => this.#apply({ type: 'ended', reason: 'expired' }));
  readonly #sessionTimeout = new Alarm(() => this.#apply({ type: 'ended', reason: 'expired' }));
  readonly #agentsGone = new Alarm(() => this.#apply({ type: 'ended', reason: 'left' }));
  #machine: Machine;
  #startedAt: number | null;
  #shown: AnswerEntry['shown'];
  #busy = false;

  constructor(context: LiveContext) {
    this.#context = context;
    const remembered = readMemory(context.options.memory, context.options.server);
    const own = remembered?.session === context.session ? remembered : null;
    this.#machine = restore(own?.machine);
    this.#startedAt = own?.startedAt ?? null;
    this.#settled = new Set(own?.settled);
    this.#remember();
    this.#publish();
  }

  refresh(): void {
    // what is written here calls back through the doc's observers
    if (this.#busy) return;
    this.#busy = true;
    try {
      this.#claim();
      if (this.#context.state().connection === 'online' && this.#leads()) {
        for (const request of this.#context.access.allRequests()) this.#consider(request);
        this.#noticeWithdrawal();
        this.#prune();
        this.#writeDoc();
      }
      this.#setAlarms();
      this.#publish();
    } finally {
      this.#busy = false;
    }
  }

  dispatch(action: Action): DispatchResult {
    switch (action.type) {
      case 'answer':
        return this.#answer(action);
      case 'step-down':
        return this.#apply({ type: 'stepped-down' });
      case 'pause':
        return this.#apply({ type: 'paused' });
      case 'resume':
        return this.#apply({ type: 'resumed' });
      case 'end':
        return this.#apply({ type: 'ended', reason: 'consumer' });
      default:
        return refused('unknown-action');
    }
  }

  close(): void {
    for (const alarm of [this.#expiry, this.#viewTimeout, this.#pauseTimeout, this.#sessionTimeout, this.#agentsGone])
      alarm.clear();
  }

  /** Says to the person's other pages which of them has the session: one that is allowed or sharing, else the newest. */
  #claim(): void {
    const { awareness } = this.#context.transport;
    const started = this.#machine.status !== 'idle' && this.#machine.status !== 'ended';
    const local = awareness.getLocalState() as Claim | null;
    if (local && local.started !== started) awareness.setLocalState({ ...local, started });
  }

  /** Only one page of a person may write the session, or two would overwrite each other for ever. */
  #leads(): boolean {
    const { awareness } = this.#context.transport;
    const own = awareness.getLocalState() as Claim | null;
    for (const [client, state] of awareness.getStates() as Map<number, Claim>) {
      if (client === awareness.clientID || state.user?.role !== 'consumer') continue;
      if (rank(state) > rank(own)) {
        if (this.#context.state().error?.code !== 'replaced') this.#context.report('replaced');
        return false;
      }
    }
    if (this.#context.state().error?.code === 'replaced') this.#context.update({ error: null });
    return true;
  }

  #answer({ requestId, decision, shown }: Extract<Action, { type: 'answer' }>): DispatchResult {
    if (decision !== 'allow' && decision !== 'deny') return refused('unknown-action');
    if (this.#settled.has(requestId) && this.#machine.question?.id !== requestId) return refused('request-expired');
    this.#shown = shown;
    const result = this.#apply({ type: 'answered', id: requestId, decision });
    this.#shown = undefined;
    return result;
  }

  /** An entry that isn't settled yet: carried out, asked, or refused. */
  #consider(request: RequestEntry): void {
    const { id } = request;
    if (this.#settled.has(id) || this.#context.access.answer(id) || this.#machine.question?.id === id) return;
    if ((request.kind ?? 'mode') === 'mode') this.#ask(request);
    else this.#settle(id, this.#carryOut(request) ? 'done' : 'refused');
  }

  #ask(request: RequestEntry): void {
    const mode = request.mode!;
    const pending = pendingRequest(this.#context, request, Date.now() + this.#context.settings.requestSeconds * 1000);
    const code: ErrorCode | undefined = offeredModes(this.#context).includes(mode) ? undefined : 'mode-not-offered';
    this.#pending.set(request.id, pending);
    const asked = code
      ? refused(code)
      : this.#step({ type: 'asked', question: { id: request.id, mode, agent: pending.agent.id } });
    if (asked.ok) this.#expiry.set(pending.expiresAt - Date.now());
    else this.#settle(request.id, 'refused');
  }

  #carryOut({ kind }: RequestEntry): boolean {
    switch (kind) {
      case 'view':
        return this.#step({ type: 'viewed' }).ok;
      case 'step-down':
        return this.#step({ type: 'stepped-down' }).ok;
      case 'end':
        return this.#step({ type: 'ended', reason: 'agent' }).ok;
      case 'clear':
        this.#context.access.deleteStrokes(() => true);
        return true;
      default:
        return false;
    }
  }

  #noticeWithdrawal(): void {
    const id = this.#machine.question?.id;
    if (id !== undefined && !this.#context.access.request(id)) this.#step({ type: 'withdrawn', id });
  }

  #expire(): void {
    const id = this.#machine.question?.id;
    if (id !== undefined) this.#apply({ type: 'expired', id });
  }

  /** An event of this person or a timer: takes effect at once, also without a connection. */
  #apply(event: MachineEvent): DispatchResult {
    const result = this.#step(event);
    if (result.ok) this.refresh();
    return result;
  }

  #step(event: MachineEvent): DispatchResult {
    const before = this.#machine;
    const verdict = transition(before, event);
    if (!verdict.ok) return verdict;
    this.#machine = verdict.machine;
    for (const { question, decision } of verdict.settled) this.#settle(question.id, decision);
    this.#noteStartAndEnd(before);
    this.#remember();
    return done;
  }

  #noteStartAndEnd(before: Machine): void {
    if (before.status === 'allowed' && this.#machine.status === 'active') this.#startedAt = Date.now();
    if (this.#machine.status === 'ended' && before.status !== 'ended') this.#context.access.deleteStrokes(() => true);
  }

  #settle(id: string, decision: Decision): void {
    this.#settled.add(id);
    if (this.#settled.size > rememberedRequests) this.#settled.delete(this.#settled.values().next().value!);
    this.#context.access.answers.set(id, {
      decision,
      at: Date.now(),
      ...(this.#shown ? { shown: this.#shown } : {}),
    } satisfies AnswerEntry);
    const pending = this.#pending.get(id);
    const outcome = pending && outcomeOf(pending, decision);
    if (outcome) this.#context.update({ lastOutcome: outcome });
    this.#pending.delete(id);
    this.#remember();
  }

  /** Answers whose request its author has deleted are of no use to anyone. */
  #prune(): void {
    const { access } = this.#context;
    const gone = [...access.answers.keys()].filter(
      (id) => !access.requests.has(id) && this.#settled.has(id) && this.#isOld(id),
    );
    if (gone.length > 0) access.doc.transact(() => gone.forEach((id) => access.answers.delete(id)));
  }

  #isOld(id: string): boolean {
    const answer = this.#context.access.answer(id);
    return !answer || Date.now() - answer.at > 60_000;
  }

  #writeDoc(): void {
    const { status, mode, endedBy, controller } = this.#machine;
    const { options, access } = this.#context;
    access.setFields({
      status,
      mode,
      endedBy,
      controller,
      modes: [...offeredModes(this.#context)],
      consumerInk: options.consumerInk ?? false,
      recording: 'off',
      ...(this.#startedAt ? { startedAt: this.#startedAt } : {}),
    });
  }

  #setAlarms(): void {
    const { settings } = this.#context;
    const { status } = this.#machine;
    const state = this.#context.state();
    const watched = state.participants.some((person) => person.role === 'agent');
    this.#viewTimeout.keep(status === 'allowed', settings.viewSeconds * 1000);
    this.#pauseTimeout.keep(status === 'paused', settings.pauseSeconds * 1000);
    this.#sessionTimeout.keep(
      isSharing({ status }),
      (this.#startedAt ?? Date.now()) + settings.sessionSeconds * 1000 - Date.now(),
    );
    this.#agentsGone.keep(
      status !== 'idle' && status !== 'ended' && state.connection === 'online' && !watched,
      settings.agentGraceSeconds * 1000,
    );
    if (!this.#machine.question) this.#expiry.clear();
  }

  #publish(): void {
    const { status, mode, question, controller, endedBy } = this.#machine;
    const state = this.#context.state();
    const pending = question ? (this.#pending.get(question.id) ?? null) : null;
    const request = pending && this.#named(pending);
    const phase =
      status === 'paused' ? 'paused' : status === 'active' ? 'live' : status === 'ended' ? 'ended' : 'waiting';
    this.#context.update({
      status,
      mode,
      request: isSame(request, state.request) ? state.request : request,
      controller,
      grant: mode && mode !== 'screen-share' ? { mode, until: null } : null,
      endReason: endedBy,
      startedAt: this.#startedAt,
      view: state.view.phase === phase ? state.view : { phase, since: Date.now() },
    });
  }

  /** The agent's presence may arrive after its request. */
  #named(pending: PendingRequest): PendingRequest {
    const known = this.#context.state().participants.find((person) => person.id === pending.agent.id);
    if (!known || known.name === pending.agent.name) return pending;
    const named = { ...pending, agent: { id: known.id, name: known.name } };
    this.#pending.set(named.id, named);
    return named;
  }

  #remember(): void {
    const { options, session } = this.#context;
    writeMemory(options.memory, options.server, {
      version: 1,
      session,
      machine: this.#machine,
      startedAt: this.#startedAt,
      settled: [...this.#settled],
    });
  }
}

/** What a consumer's page says of itself in its presence. */
interface Claim {
  since?: number;
  started?: boolean;
  user?: { role?: unknown };
}

function rank(claim: Claim | null): number {
  return (claim?.started === true ? 1e15 : 0) + (claim?.since ?? 0);
}

/** After a reload: a question that was open is asked again from the doc; what was allowed stands. */
function restore(machine: Machine | undefined): Machine {
  if (!machine) return IDLE;
  return { ...machine, question: null, status: machine.status === 'requested' ? 'idle' : machine.status };
}
