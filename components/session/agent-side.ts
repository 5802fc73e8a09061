import { entryKey, isOneOf, MODES, type Mode, type RequestEntry, type RequestKind } from '../../protocol/index.js';
import { Alarm } from './alarm.js';
import { isSame, nextNumber } from './doc-access.js';
import { done, outcomeOf, pendingRequest, refused, type LiveContext, type Side } from './live-context.js';
import { agentOffers } from './offers.js';
import type { Action, DispatchResult, PendingRequest, RequestOutcome, SessionState, ViewPhase } from './types.js';

const keptRequests = 20;
/** How long an agent's end waits for the consumer's side to carry it out. */
const endMilliseconds = 2000;
/** The consumer's clock decides about expiry; this is what an agent waits longer before it withdraws by itself. */
const expirySlack = 5000;

/** An agent's or observer's side: asks by entries of its own, and shows what the consumer's side wrote. */
export class AgentSide implements Side {
  readonly #context: LiveContext;
  /** When a request was first seen here: its expiry is counted from then. */
  readonly #seen = new Map<string, PendingRequest>();
  readonly #endTimeout = new Alarm(() => this.#endHere('agent'));
  readonly #consumerGone = new Alarm(() => this.#endHere('left'));
  readonly #expiry = new Alarm(() => this.refresh());
  /** This side has ended it while the consumer's could not be reached. */
  #endedHere: 'agent' | 'left' | null = null;
  #player: Extract<ViewPhase, 'loading' | 'live' | 'frozen' | 'failed'> = 'loading';

  constructor(context: LiveContext) {
    this.#context = context;
  }

  setPlayerPhase(phase: Extract<ViewPhase, 'loading' | 'live' | 'frozen' | 'failed'>): void {
    this.#player = phase;
    this.refresh();
  }

  refresh(): void {
    const { access } = this.#context;
    this.#collectOutcomes();
    const consumer = this.#context.state().participants.some((person) => person.role === 'consumer');
    const told = access.field('status') ?? 'idle';
    if (told === 'idle' || told === 'requested' || told === 'ended')
      this.#endedHere = told === 'requested' ? null : this.#endedHere;
    if (told === 'ended') this.#endTimeout.clear();
    const status = this.#endedHere ? 'ended' : told;
    this.#consumerGone.keep(
      !consumer && (told === 'allowed' || told === 'active' || told === 'paused') && !this.#endedHere,
      this.#context.settings.consumerGraceSeconds * 1000,
    );
    this.#show(status, consumer);
    this.#expireUnseen(consumer);
  }

  dispatch(action: Action): DispatchResult {
    const state = this.#context.state();
    if (state.role !== 'agent') return refused('forbidden');
    switch (action.type) {
      case 'request':
        return this.#request(action.mode, action.limits, state);
      case 'withdraw':
        return this.#withdraw(action.requestId, state);
      case 'view':
        return state.status === 'allowed' ? this.#ask('view') : refused('wrong-status');
      case 'step-down':
        return state.status === 'active' || state.status === 'paused'
          ? this.#ask('step-down')
          : refused('wrong-status');
      case 'end':
        return this.#end(state);
      default:
        return refused('unknown-action');
    }
  }

  clearAll(): DispatchResult {
    return this.#context.state().role === 'agent' ? this.#ask('clear') : refused('forbidden');
  }

  close(): void {
    for (const alarm of [this.#endTimeout, this.#consumerGone, this.#expiry]) alarm.clear();
  }

  #request(mode: Mode, limits: RequestEntry['limits'], state: SessionState): DispatchResult {
    if (!isOneOf(MODES, mode)) return refused('mode-not-offered');
    const { reasons } = agentOffers(this.#context);
    const code = reasons[mode];
    if (code) return refused(code);
    // a newer question of the same agent replaces its older one
    if (state.request) this.#context.access.requests.delete(state.request.id);
    this.#endedHere = null;
    return this.#ask('mode', { mode, ...(limits ? { limits } : {}) });
  }

  #withdraw(id: string, state: SessionState): DispatchResult {
    if (state.request?.id !== id) return refused('request-not-found');
    if (state.request.agent.id !== state.me?.id) return refused('forbidden');
    this.#context.access.requests.delete(id);
    this.#noteOutcome({ request: state.request, outcome: 'withdrawn' });
    this.refresh();
    return done;
  }

  #end(state: SessionState): DispatchResult {
    if (state.status === 'idle' || state.status === 'ended') {
      return state.request ? this.#withdraw(state.request.id, state) : refused('wrong-status');
    }
    this.#endTimeout.set(endMilliseconds);
    return this.#ask('end');
  }

  #ask(kind: RequestKind, more: Pick<RequestEntry, 'mode' | 'limits'> = {}): DispatchResult {
    const { access, transport } = this.#context;
    const { sub, name } = transport.identity;
    const id = entryKey(sub, nextNumber());
    const entry: RequestEntry = {
      id,
      ...(kind === 'mode' ? {} : { kind }),
      agent: { id: sub, name },
      at: Date.now(),
      ...more,
    };
    access.doc.transact(() => {
      access.requests.set(id, entry);
      this.#pruneOwn();
    });
    this.refresh();
    return done;
  }

  /** The last few settled ones stay, for who looks back. */
  #pruneOwn(): void {
    const { access, transport } = this.#context;
    const own = access
      .allRequests()
      .filter((entry) => entry.id.startsWith(`${transport.identity.sub}:`) && access.answer(entry.id));
    for (const { id } of own.slice(0, Math.max(0, own.length - keptRequests))) access.requests.delete(id);
  }

  #pending(): PendingRequest | null {
    const { access, settings } = this.#context;
    const open = access.allRequests().filter((entry) => (entry.kind ?? 'mode') === 'mode' && !access.answer(entry.id));
    const entry = open.at(0);
    if (!entry) return null;
    const expiresAt = this.#seen.get(entry.id)?.expiresAt ?? Date.now() + settings.requestSeconds * 1000;
    const request = pendingRequest(this.#context, entry, expiresAt);
    this.#seen.set(entry.id, request);
    return request;
  }

  #collectOutcomes(): void {
    const { access } = this.#context;
    for (const [id, request] of this.#seen) {
      const answer = access.answer(id);
      const outcome = answer
        ? outcomeOf(request, answer.decision)
        : access.requests.has(id)
          ? null
          : { request, outcome: 'withdrawn' as const };
      if (outcome) this.#noteOutcome(outcome);
    }
  }

  #noteOutcome(outcome: RequestOutcome): void {
    this.#seen.delete(outcome.request.id);
    this.#context.update({ lastOutcome: outcome });
  }

  /** While the consumer isn't there nobody counts: the asking agent does. */
  #expireUnseen(consumer: boolean): void {
    const { request, me } = this.#context.state();
    this.#expiry.clear();
    if (!request || request.agent.id !== me?.id) return;
    const left = request.expiresAt + (consumer ? expirySlack : 0) - Date.now();
    if (left > 0) {
      this.#expiry.set(left);
      return;
    }
    this.#context.access.requests.delete(request.id);
    this.#noteOutcome({ request, outcome: 'expired' });
    this.#context.update({ request: null });
  }

  #show(status: SessionState['status'], consumer: boolean): void {
    const { access } = this.#context;
    const state = this.#context.state();
    const active = status === 'active' || status === 'paused';
    const page = access.field('page') ?? null;
    const shownPage = page && { ...page, visible: access.field('visible') ?? true };
    const request = status === 'ended' && this.#endedHere ? null : this.#pending();
    const phase = this.#phase(status, consumer, state);
    const mode = active ? (access.field('mode') ?? null) : null;
    this.#context.update({
      status,
      mode,
      request: isSame(request, state.request) ? state.request : request,
      controller: active ? (access.field('controller') ?? null) : null,
      grant: mode && mode !== 'screen-share' ? { mode, until: null } : null,
      page: isSame(shownPage, state.page) ? state.page : shownPage,
      startedAt: access.field('startedAt') ?? null,
      endReason: status === 'ended' ? (this.#endedHere ?? access.field('endedBy') ?? 'error') : null,
      recording: access.field('recording') ?? 'off',
      view: state.view.phase === phase ? state.view : { phase, since: Date.now() },
    });
  }

  #phase(status: SessionState['status'], consumer: boolean, { connection }: SessionState): ViewPhase {
    if (status === 'ended') return 'ended';
    if (status !== 'active' && status !== 'paused') return 'waiting';
    if (connection !== 'online' || !consumer) return 'reconnecting';
    if (status === 'paused') return 'paused';
    return this.#context.access.field('visible') === false ? 'hidden' : this.#player;
  }

  #endHere(reason: 'agent' | 'left'): void {
    const { status } = this.#context.state();
    if (status === 'ended' || status === 'idle') return;
    this.#endedHere = reason;
    this.refresh();
  }
}
