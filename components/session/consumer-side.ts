import {
  authorOf,
  isAnswerEntry,
  LIMITS,
  type AnswerEntry,
  type EndReason,
  type Mode,
  type RequestEntry,
  type ScreenInfo,
} from '../../protocol/index.js';
import { Alarm } from './alarm.js';
import { isPresent, ToldGrant, usableGrant, type ControlGrant } from './control-grant.js';
import { ConsumerMemory } from './consumer-memory.js';
import { ConsumerScreen } from './consumer-screen.js';
import { isSame, removeKeys } from './doc-access.js';
import { done, outcomeOf, refused, type LiveContext, type Side } from './live-context.js';
import { claimLead, sayLeaving } from './lead.js';
import { IDLE, isSharing, transition, type Machine, type MachineEvent } from './machine.js';
import { consumerOffers, ownModes } from './offers.js';
import { namesOf, peopleOf, stamped } from './request-people.js';
import type { Action, DispatchResult, PendingRequest, RequestOutcome, ShownPage, ViewPhase } from './types.js';

/** So often in a row the doc is put right; more means that another tab does the same against us. */
const repairsInARow = 20;
const repairWindow = 5000;
const aliveEvery = 15_000;

const phases: Partial<Record<Machine['status'], ViewPhase>> = { active: 'live', paused: 'paused', ended: 'ended' };

/**
 * The consumer's side: the authority. It keeps the machine in its own memory, carries out what agents ask, and overwrites
 * a doc that says otherwise.
 */
export class ConsumerSide implements Side {
  readonly #context: LiveContext;
  readonly #memory: ConsumerMemory;
  readonly #expiry = new Alarm(() => this.#expire());
  readonly #timeout = new Alarm(() => void this.#apply({ type: 'ended', reason: 'expired' }));
  readonly #sessionTimeout = new Alarm(() => void this.#apply({ type: 'ended', reason: 'expired' }));
  readonly #agentsGone = new Alarm(() => void this.#apply({ type: 'ended', reason: 'left' }));
  readonly #grantOver = new Alarm(() => void this.#apply({ type: 'stepped-down', reason: 'expired' }));
  readonly #controllerGone = new Alarm(() => void this.#apply({ type: 'stepped-down', reason: 'left' }));
  readonly #told = new ToldGrant();
  readonly #screen = new ConsumerScreen();
  readonly #since = Date.now();
  readonly #alive: ReturnType<typeof setInterval>;
  /** The pending question as it is shown. */
  #pending: PendingRequest | null = null;
  #lastOutcome: RequestOutcome | null = null;
  #unwatchedSince: number | null = null;
  #uncontrolledSince: number | null = null;
  #isPerforming = (): boolean => false;
  #page: ShownPage | null = null;
  #pageId: string | null = null;
  #written: Machine | null = null;
  #repairs: number[] = [];
  #online = true;
  #leads = true;
  #closed = false;

  constructor(context: LiveContext) {
    this.#context = context;
    this.#memory = new ConsumerMemory(context.options, context.session);
    this.#alive = setInterval(() => this.#stayAlive(), aliveEvery);
  }

  dispatch(action: Action): DispatchResult {
    if (this.#closed) return refused('not-connected');
    switch (action.type) {
      case 'answer':
        return this.#answer(action);
      case 'more-time':
        return this.#takeMoreTime(action.requestId);
      case 'step-down':
        return this.#apply({ type: 'stepped-down', reason: 'consumer' });
      case 'take-back':
        if (this.#memory.machine.mode !== 'remote-control') return refused('wrong-status');
        return this.#apply({ type: 'stepped-down', reason: 'consumer' });
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

  setPage(page: ShownPage): void {
    const { id, title, url, width, height, pixelRatio, device, visible, elsewhere = false } = page;
    const clipped = { title: title.slice(0, LIMITS.titleLength), url: url.slice(0, LIMITS.urlLength) };
    this.#page = { id, ...clipped, width, height, pixelRatio, device, visible, elsewhere };
    this.#pageId = id;
    this.#context.refresh();
  }

  setLeaving(isLeaving: boolean): void {
    if (!this.#closed) sayLeaving(this.#context.transport.awareness, isLeaving);
  }

  startPage(pageId: string): void {
    this.#pageId = pageId;
    this.#context.refresh();
  }

  setViewPhase(): void {
    // an agent's matter
  }

  controlGrant(): ControlGrant | null {
    return this.#closed ? null : usableGrant(this.#memory.machine, this.#context.state());
  }

  setPerforming(isPerforming: () => boolean): void {
    this.#isPerforming = isPerforming;
  }

  setCapture(capture: Omit<ScreenInfo, 'source'>): void {
    this.#screen.setCapture(capture);
    this.#context.refresh();
  }

  get screenWanted(): boolean {
    return this.#screen.isWanted;
  }

  onScreenWanted(listener: (isWanted: boolean) => void): () => void {
    return this.#screen.onWanted(listener);
  }

  /** The new doc holds what the server has; what only this tab knows is written again. */
  replaced(): void {
    this.#written = null;
  }

  superseded(reason: EndReason): void {
    this.#memory.forget(reason);
    this.close();
    this.#publish();
  }

  close(): void {
    this.#closed = true;
    this.#screen.close();
    clearInterval(this.#alive);
    const alarms = [this.#expiry, this.#timeout, this.#sessionTimeout, this.#agentsGone];
    for (const alarm of [...alarms, this.#grantOver, this.#controllerGone]) alarm.at(null);
  }

  #stayAlive(): void {
    this.#memory.catchUp(false);
    this.#memory.save();
  }

  refresh(): void {
    if (this.#closed) return;
    const online = this.#context.state().connection === 'online';
    this.#memory.catchUp(online && !this.#online);
    this.#online = online;
    this.#obeyCeiling();
    if (online && this.#takesTheLead()) this.#followDoc();
    if (!this.#closed) this.#setAlarms();
    this.#publish();
  }

  /** The next page of the site may offer less than the last one. */
  #obeyCeiling(): void {
    const { mode, question } = this.#memory.machine;
    const isOffered = (wanted: Mode) => wanted === 'screen-share' || ownModes(this.#context).includes(wanted);
    if (mode && !isOffered(mode)) this.#step({ type: 'stepped-down', reason: 'not-offered' });
    if (question && !isOffered(question.mode)) this.#step({ type: 'refused', id: question.id });
  }

  /**
   * Of several pages of this person only one may write the session, or they would overwrite each other for ever: the one
   * that is allowed or sharing, else the newest.
   */
  #takesTheLead(): boolean {
    const { status } = this.#memory.machine;
    const started = isRunning(status);
    const leads = claimLead(this.#context.transport.awareness, this.#since, started);
    if (!leads && started) {
      this.#context.superseded();
    } else if (!leads && this.#leads) {
      this.#memory.machine = IDLE;
      this.#pending = null;
    }
    this.#leads = leads;
    return leads;
  }

  #followDoc(): void {
    const { access } = this.#context;
    // the tab in which it was allowed has been closed
    const left = this.#written === null && this.#memory.machine.status === 'idle' && isRunning(access.field('status'));
    if (left) this.#memory.machine = { ...IDLE, status: 'ended', endedBy: 'left' };
    for (const request of access.allRequests()) this.#consider(request);
    const pending = this.#memory.machine.question;
    if (pending && !access.request(pending.id)) this.#step({ type: 'withdrawn', id: pending.id });
    this.#writeAnswers();
    this.#writeSession();
    if (this.#closed) return;
    const isPast = (page: unknown) => this.#pageId !== null && page !== this.#pageId;
    access.deleteStrokes((_author, stroke) => !isSharing(this.#memory.machine) || isPast(stroke.page));
  }

  /** An entry that isn't settled yet: carried out, asked, or refused. */
  #consider(request: RequestEntry): void {
    const { id } = request;
    if (this.#memory.answerTo(id) || this.#context.access.answer(id)) return;
    if (this.#memory.machine.question?.id === id) this.#pending ??= this.#describe(request);
    else if ((request.kind ?? 'mode') === 'mode') this.#ask(request);
    else this.#settle(id, this.#carryOut(request) ? 'done' : 'refused');
  }

  #ask(request: RequestEntry): void {
    const { id, mode, limits, to } = request;
    const isReachable = to === undefined || isPresent(to, this.#context.state().participants);
    if (mode && isReachable && ownModes(this.#context).includes(mode)) {
      const minutes = mode === 'screen-share' ? undefined : limits?.minutes;
      const question = { id, mode, ...peopleOf(request), ...(minutes === undefined ? {} : { minutes }) };
      const verdict = this.#step({ type: 'asked', question });
      if (verdict.ok) {
        this.#memory.askedAt = Date.now();
        this.#pending = this.#describe(request);
        this.#memory.save();
        return;
      }
    }
    this.#settle(id, 'refused');
  }

  #carryOut({ id, kind }: RequestEntry): boolean {
    switch (kind) {
      case 'view':
        return this.#step({ type: 'viewed' }).ok;
      case 'step-down':
        return this.#stepDownFor(authorOf(id)!);
      case 'end':
        return this.#step({ type: 'ended', reason: 'agent' }).ok;
      case 'clear':
        this.#context.access.deleteStrokes(() => true);
        return true;
      default:
        return false;
    }
  }

  /** Nobody but the agent that has control gives it up for itself. */
  #stepDownFor(agent: string): boolean {
    const { controller } = this.#memory.machine;
    return (controller ?? agent) === agent && this.#step({ type: 'stepped-down', reason: 'agent' }).ok;
  }

  #answer({ requestId, decision, shown }: Extract<Action, { type: 'answer' }>): DispatchResult {
    if (decision !== 'allow' && decision !== 'deny') return refused('unknown-action');
    if (!isAnswerEntry({ decision, at: 0, shown })) return refused('unknown-action');
    if (this.#isPerforming()) return refused('answer-by-agent');
    if (this.#memory.answerTo(requestId)) return refused('request-expired');
    return this.#apply({ type: 'answered', id: requestId, decision, at: Date.now() }, shown);
  }

  #takeMoreTime(id: string): DispatchResult {
    const code = this.#isPerforming() ? 'answer-by-agent' : this.#memory.takeMoreTime(id);
    if (code) return refused(code);
    this.#context.refresh();
    return done;
  }

  #expire(): void {
    const id = this.#memory.machine.question?.id;
    if (id !== undefined) this.#apply({ type: 'expired', id });
  }

  /** An event of this person or of a timer: takes effect at once, also without a connection. */
  #apply(event: MachineEvent, shown?: AnswerEntry['shown']): DispatchResult {
    const result = this.#step(event, shown);
    if (result.ok) this.#context.refresh();
    return result;
  }

  #step(event: MachineEvent, shown?: AnswerEntry['shown']): DispatchResult {
    const memory = this.#memory;
    memory.catchUp(false);
    const before = memory.machine;
    const verdict = transition(before, event);
    if (!verdict.ok) return verdict;
    memory.machine = verdict.machine;
    if (memory.machine.status !== before.status) memory.since = Date.now();
    if (before.status === 'allowed' && memory.machine.status === 'active') memory.startedAt = memory.since;
    for (const { question, decision } of verdict.settled) this.#settle(question.id, decision, shown);
    memory.save();
    return done;
  }

  /** Remembered at once; written to the doc by `#writeAnswers`. */
  #settle(id: string, decision: AnswerEntry['decision'], shown?: AnswerEntry['shown']): void {
    this.#memory.settle(id, decision, shown);
    const outcome = this.#pending?.id === id ? outcomeOf(this.#pending, decision) : null;
    if (!outcome) return;
    this.#pending = null;
    this.#lastOutcome = outcome;
  }

  #writeAnswers(): void {
    const { access } = this.#context;
    for (const { id } of access.allRequests()) {
      const answer = this.#memory.answerTo(id);
      if (answer && access.answer(id)?.decision !== answer.decision) access.answers.set(id, answer);
    }
    // the author has deleted the request, so nobody waits for the answer
    removeKeys(
      access.answers,
      [...access.answers.keys()].filter((id) => !access.requests.has(id)),
    );
  }

  #updateScreen(): ScreenInfo | null {
    return this.#screen.update(this.#memory.machine, this.#page?.visible ?? true);
  }

  #writeSession(): void {
    const { machine, startedAt, moreTime } = this.#memory;
    const { options, access } = this.#context;
    const { status, mode, endedBy, controller, stepDown } = machine;
    const page = this.#page;
    let repaired = false;
    // together: an agent must not see a mode without its grant
    access.doc.transact(() => {
      repaired = access.setFields({ status, mode, endedBy, controller });
      access.setFields({
        grant: this.#told.fields(machine, this.#context.state().participants),
        stepDown,
        screen: this.#updateScreen(),
        modes: [...ownModes(this.#context)],
        consumerInk: options.consumerInk ?? false,
        recording: 'off',
        moreTime: machine.question?.id === moreTime ? moreTime : null,
        ...(startedAt === null ? {} : { startedAt }),
        ...(page ? splitPage(page) : {}),
      });
    });
    if (repaired && this.#written === machine) this.#noteRepair();
    this.#written = machine;
  }

  #noteRepair(): void {
    const now = Date.now();
    this.#repairs = [...this.#repairs.filter((at) => now - at < repairWindow), now];
    if (this.#repairs.length < repairsInARow) return;
    this.#context.superseded();
  }

  #setAlarms(): void {
    const { settings } = this.#context;
    const { machine, since, startedAt } = this.#memory;
    const { status, question } = machine;
    const seconds = status === 'allowed' ? settings.viewSeconds : status === 'paused' ? settings.pauseSeconds : null;
    this.#timeout.at(seconds === null ? null : since + seconds * 1000);
    this.#sessionTimeout.at(isSharing(machine) ? (startedAt ?? since) + settings.sessionSeconds * 1000 : null);
    this.#expiry.at(question && this.#memory.expiryOf(question.id, settings.requestSeconds));
    this.#grantOver.at(machine.grant?.until ?? null);
    this.#watchController(machine.controller, settings.agentGraceSeconds);
    this.#watchAgents(status !== 'idle' && status !== 'ended', settings.agentGraceSeconds);
  }

  /** Away for a moment: control is suspended. Longer: it is over. */
  #watchController(controller: string | null, graceSeconds: number): void {
    const { connection, participants } = this.#context.state();
    const isGone = controller !== null && connection === 'online' && !isPresent(controller, participants);
    this.#uncontrolledSince = isGone ? (this.#uncontrolledSince ?? Date.now()) : null;
    this.#controllerGone.at(this.#uncontrolledSince === null ? null : this.#uncontrolledSince + graceSeconds * 1000);
  }

  #watchAgents(matters: boolean, graceSeconds: number): void {
    const { connection, participants } = this.#context.state();
    const alone = matters && connection === 'online' && !participants.some((person) => person.role === 'agent');
    this.#unwatchedSince = alone ? (this.#unwatchedSince ?? Date.now()) : null;
    this.#agentsGone.at(this.#unwatchedSince === null ? null : this.#unwatchedSince + graceSeconds * 1000);
  }

  #publish(): void {
    const { machine, startedAt } = this.#memory;
    const { status, mode, controller, grant, stepDown, endedBy } = machine;
    const state = this.#context.state();
    const phase = phases[status] ?? 'waiting';
    const request = this.#pending && this.#named(this.#pending);
    this.#context.update({
      status,
      mode,
      request: machine.question ? request : null,
      controller,
      grant: mode && grant && { mode, ...grant },
      screen: this.#updateScreen(),
      stepDown,
      endReason: endedBy,
      startedAt,
      lastOutcome: this.#lastOutcome,
      page: this.#page,
      view: state.view.phase === phase ? state.view : { phase, since: Date.now() },
    });
    this.#context.update(consumerOffers(this.#context));
  }

  #describe(request: RequestEntry): PendingRequest {
    const { id, mode, at, limits } = request;
    const shown = { id, mode: mode ?? 'screen-share', at, expiresAt: 0, hasMoreTime: false };
    return this.#named({ ...shown, ...namesOf(request), ...(limits ? { limits } : {}) });
  }

  /** With the name that the server stamped, which may arrive after the request, and the time-out that it set. */
  #named(pending: PendingRequest): PendingRequest {
    const { participants } = this.#context.state();
    const expiresAt = this.#memory.expiryOf(pending.id, this.#context.settings.requestSeconds);
    const named = {
      ...pending,
      ...stamped(pending, participants),
      expiresAt,
      hasMoreTime: this.#memory.moreTime === pending.id,
    };
    if (isSame(named, pending)) return pending;
    if (this.#pending?.id === pending.id) this.#pending = named;
    return named;
  }
}

function isRunning(status: Machine['status'] | undefined): boolean {
  return status === 'allowed' || status === 'active' || status === 'paused';
}

function splitPage({ visible, elsewhere = false, ...page }: ShownPage) {
  return { visible, elsewhere, page };
}
