import {
  authorOf,
  entryKey,
  isOneOf,
  isRequestEntry,
  MODES,
  type EndReason,
  type RequestEntry,
  type RequestKind,
  type ScreenInfo,
  type Status,
} from '../../protocol/index.js';
import { Alarm } from './alarm.js';
import { HeardGrant, isPresent } from './control-grant.js';
import { isSame, nextNumber, removeKeys } from './doc-access.js';
import { isLeaving } from './lead.js';
import { done, outcomeOf, refused, type LiveContext, type Side } from './live-context.js';
import { isSharing } from './machine.js';
import { agentOffers, NO_OFFERS } from './offers.js';
import { askerOf, namesOf, stamped } from './request-people.js';
import { clearOwn } from './strokes.js';
import type { Action, DispatchResult, PendingRequest, SessionState, ViewPhase } from './types.js';

/** An end that the consumer's side has not carried out after this long takes effect here by itself. */
const endMilliseconds = 2000;
/** A consumer who is gone for longer than a page load has left the site. */
const awayMilliseconds = 10_000;

type PlayerPhase = Extract<ViewPhase, 'loading' | 'live' | 'frozen' | 'failed'>;

/**
 * The agent's side, and the observer's, who asks for nothing: writes requests, and derives all that it shows from the
 * doc and from presence.
 */
export class AgentSide implements Side {
  readonly #context: LiveContext;
  /** Questions that wait for an answer, of all agents, as they are shown. */
  readonly #pending = new Map<string, PendingRequest>();
  /** What this page has asked for and nobody has settled: written again when the doc was dropped. */
  readonly #own = new Map<string, RequestEntry>();
  readonly #firstSeen = new Map<string, { at: number; isSeen: boolean }>();
  readonly #again = new Alarm(() => this.#context.refresh());
  /** When an end that waits for the consumer's side was first seen. */
  readonly #endsSince = new Map<string, number>();
  readonly #heard = new HeardGrant();
  #goneSince: number | null = null;
  /** Nothing is heard of the consumer's browser, though the server still has its connection. */
  #isSilent = false;
  /** The consumer's device shows its screen, whatever becomes of the page. */
  #isDeviceShown = false;
  /** The consumer's page has said that it is being left. */
  #isLeft = false;
  #player: PlayerPhase = 'loading';
  #dropped = false;
  #closed = false;

  constructor(context: LiveContext) {
    this.#context = context;
  }

  dispatch(action: Action): DispatchResult {
    if (this.#closed) return refused('not-connected');
    if (this.#context.transport.identity.role !== 'agent') return refused('unknown-action');
    switch (action.type) {
      case 'request':
        return this.#ask(action);
      case 'hand-over':
        return this.#handOver(action.to);
      case 'withdraw':
        return this.#withdraw(action.requestId);
      case 'view':
        return this.#view();
      case 'step-down':
        return this.#stepDown();
      case 'end':
        return this.#end();
      case 'clear-annotations':
        return action.scope === 'own' ? clearOwn(this.#context) : this.#put({ kind: 'clear' });
      default:
        return refused('unknown-action');
    }
  }

  setPage(): void {
    // the consumer's matter
  }

  setLeaving(): void {
    // the consumer's matter
  }

  startPage(): void {
    // the consumer's matter
  }

  controlGrant(): null {
    return null;
  }

  setPerforming(): void {
    // the consumer's matter
  }

  setCapture(): void {
    // the consumer's matter
  }

  readonly screenWanted = false;

  onScreenWanted(): () => void {
    return () => undefined;
  }

  setSilent(isSilent: boolean): void {
    if (isSilent === this.#isSilent) return;
    this.#isSilent = isSilent;
    this.#context.refresh();
  }

  setDeviceShown(isShown: boolean): void {
    if (isShown === this.#isDeviceShown) return;
    this.#isDeviceShown = isShown;
    this.#context.refresh();
  }

  setViewPhase(phase: PlayerPhase): void {
    this.#player = phase;
    this.#context.refresh();
  }

  replaced(): void {
    this.#dropped = true;
  }

  superseded(reason: EndReason): void {
    this.close();
    // another page of this agent goes on, with a session that does
    if (reason === 'replaced') return;
    const nothing = { mode: null, request: null, controller: null, grant: null, screen: null };
    this.#context.update({ status: 'ended', endReason: reason, ...nothing, ...NO_OFFERS });
    this.#publishPhase('ended');
  }

  close(): void {
    this.#closed = true;
    this.#again.at(null);
  }

  get #me(): string {
    return this.#context.transport.identity.sub;
  }

  #ask({ mode, limits }: Extract<Action, { type: 'request' }>): DispatchResult {
    if (!isOneOf(MODES, mode)) return refused('unknown-action');
    const reason = this.#context.state().reasons[mode];
    if (reason) return refused(reason);
    return this.#put({ mode, ...(limits ? { limits } : {}) });
  }

  #handOver(to: string): DispatchResult {
    const { mode, controller, participants } = this.#context.state();
    if (mode !== 'remote-control' || controller !== this.#me) return refused('no-control');
    if (to === this.#me || !isPresent(to, participants)) return refused('forbidden');
    return this.#put({ mode, to });
  }

  #withdraw(id: string): DispatchResult {
    if (!this.#pending.has(id) || authorOf(id) !== this.#me) return refused('request-not-found');
    this.#own.delete(id);
    this.#context.access.requests.delete(id);
    return done;
  }

  #view(): DispatchResult {
    const state = this.#context.state();
    if (isSharing(state)) return done;
    if (state.status !== 'allowed') return refused('wrong-status');
    return this.#waits('view') ? done : this.#put({ kind: 'view' });
  }

  #stepDown(): DispatchResult {
    const state = this.#context.state();
    if (!isSharing(state)) return refused('wrong-status');
    if (state.controller !== null && state.controller !== this.#me) return refused('no-control');
    return state.mode === 'screen-share' || this.#waits('step-down') ? done : this.#put({ kind: 'step-down' });
  }

  /** Takes effect on the consumer's side, and if that can't be reached here alone, until it can. */
  #end(): DispatchResult {
    const { status } = this.#context.state();
    if (status === 'idle' || status === 'ended') return refused('wrong-status');
    const asked = [...this.#pending.keys()].filter((id) => authorOf(id) === this.#me);
    if (status === 'requested' && asked.length > 0) {
      asked.forEach((id) => this.#withdraw(id));
      return done;
    }
    return this.#waits('end') ? done : this.#put({ kind: 'end' });
  }

  #waits(kind: RequestKind): boolean {
    return this.#unsettled().some((entry) => entry.kind === kind && authorOf(entry.id) === this.#me);
  }

  #put(wanted: Pick<RequestEntry, 'kind' | 'mode' | 'limits' | 'to'>): DispatchResult {
    const { access, transport } = this.#context;
    const { sub, name } = transport.identity;
    const id = entryKey(sub, nextNumber());
    const entry: RequestEntry = { id, ...wanted, agent: { id: sub, name }, at: Date.now() };
    if (!isRequestEntry(id, entry)) return refused('unknown-action');
    this.#own.set(id, entry);
    access.requests.set(id, entry);
    return done;
  }

  #unsettled(): RequestEntry[] {
    const { access } = this.#context;
    return access.allRequests().filter(({ id }) => !access.answer(id));
  }

  refresh(): void {
    if (this.#closed) return;
    if (this.#context.state().connection === 'online') {
      this.#writeAgain();
      this.#noticeOutcomes();
      this.#prune();
    }
    this.#followQuestions();
    this.#publish();
  }

  /** What is neither there nor settled went with a dropped doc, or was taken back in another tab. */
  #writeAgain(): void {
    const { access } = this.#context;
    for (const [id, entry] of this.#own) {
      if (access.requests.has(id) && !access.answer(id)) continue;
      if (this.#dropped && !access.answer(id)) access.requests.set(id, entry);
      else this.#own.delete(id);
    }
    this.#dropped = false;
  }

  #noticeOutcomes(): void {
    const { access } = this.#context;
    for (const [id, request] of this.#pending) {
      const decision = access.answer(id)?.decision ?? (access.requests.has(id) ? undefined : 'withdrawn');
      if (!decision) continue;
      this.#pending.delete(id);
      this.#context.update({ lastOutcome: outcomeOf(request, decision) });
    }
  }

  /** Authors delete their own settled entries; the consumer's side then deletes the answers. */
  #prune(): void {
    const { access } = this.#context;
    const settled = [...access.requests.keys()].filter((id) => authorOf(id) === this.#me && access.answer(id));
    removeKeys(access.requests, settled);
  }

  #followQuestions(): void {
    const { access, settings } = this.#context;
    const { participants } = this.#context.state();
    // from then on it's the consumer's clock that counts
    const isSeen = access.field('status') === 'requested';
    for (const request of this.#unsettled()) {
      const { id, kind, mode, at, limits } = request;
      if ((kind ?? 'mode') !== 'mode' || !mode) continue;
      const people = stamped(namesOf(request), participants);
      const earlier = this.#pending.get(id);
      const hasMoreTime = access.field('moreTime') === id;
      const expiresAt = this.#since(id, isSeen) + settings.requestSeconds * 1000 * (hasMoreTime ? 2 : 1);
      const shown = { id, mode, ...people, at, expiresAt, hasMoreTime, ...(limits ? { limits } : {}) };
      if (!isSame(earlier, shown)) this.#pending.set(id, shown);
    }
    for (const id of this.#firstSeen.keys()) if (!this.#pending.has(id)) this.#firstSeen.delete(id);
  }

  /** Since when the question counts: by the consumer's page if it has seen it, till then by its own time. */
  #since(id: string, isSeen: boolean): number {
    const known = this.#firstSeen.get(id);
    if (known && (known.isSeen || !isSeen)) return known.at;
    const at = Date.now();
    this.#firstSeen.set(id, { at, isSeen });
    return at;
  }

  #publish(): void {
    const { access } = this.#context;
    const request = this.#shownRequest();
    const { status, endReason } = this.#status(request);
    const page = access.field('page');
    this.#context.update({
      status,
      endReason,
      request,
      ...this.#access(isSharing({ status })),
      startedAt: access.field('startedAt') ?? null,
      recording: access.field('recording') ?? 'off',
      page: page
        ? { ...page, visible: access.field('visible') ?? true, elsewhere: access.field('elsewhere') ?? false }
        : null,
    });
    const isAgent = this.#context.transport.identity.role === 'agent';
    this.#context.update(isAgent ? agentOffers(this.#context) : NO_OFFERS);
    this.#publishPhase(status);
  }

  /** What the agents may do. Giving up one's own control can't be refused, and takes effect here at once. */
  #access(shared: boolean): Pick<SessionState, 'mode' | 'controller' | 'grant' | 'stepDown' | 'screen'> {
    const { access } = this.#context;
    const mode = shared ? (access.field('mode') ?? null) : null;
    const controller = (shared && access.field('controller')) || null;
    if (controller === this.#me && this.#waits('step-down')) {
      return { mode: 'screen-share', controller: null, grant: null, stepDown: 'agent', screen: null };
    }
    const grant = access.field('grant');
    const isBeyond = mode !== null && mode !== 'screen-share' && grant;
    return {
      mode,
      controller,
      grant: isBeyond ? { mode, until: this.#heard.until(grant), id: grant.id } : null,
      stepDown: access.field('stepDown') ?? null,
      screen: mode === 'full-device' ? this.#screen() : null,
    };
  }

  /** What the device sends is seen, also when the page can't say so any more. */
  #screen(): ScreenInfo | null {
    const told = this.#context.access.field('screen') ?? null;
    if (!this.#isDeviceShown || told?.source === 'screen') return told;
    return { source: 'screen', capture: 'on', surface: 'screen' };
  }

  /** One's own newest question, else the first of the others. */
  #shownRequest(): PendingRequest | null {
    const list = [...this.#pending.values()];
    return list.findLast((request) => askerOf(request).id === this.#me) ?? list[0] ?? null;
  }

  #status(request: PendingRequest | null): { status: Status; endReason: EndReason | null } {
    const { access, settings } = this.#context;
    let status = access.field('status') ?? 'idle';
    let endReason = status === 'ended' ? (access.field('endedBy') ?? null) : null;
    const runs = status === 'allowed' || isSharing({ status });
    const reason = runs ? this.#endsHere(settings.consumerGraceSeconds) : null;
    if (!runs) this.#goneSince = null;
    if (reason) [status, endReason] = ['ended', reason];
    // asked, and the consumer's page has not said so yet: it may not even have joined
    if (request && (status === 'idle' || status === 'ended')) [status, endReason] = ['requested', null];
    return { status, endReason };
  }

  /** Why the session is over here although the doc says otherwise: the consumer's side can't be reached. */
  #endsHere(graceSeconds: number): EndReason | null {
    const now = Date.now();
    const moments: number[] = [];
    const ends = this.#unsettled().filter(({ kind }) => kind === 'end');
    for (const id of this.#endsSince.keys()) if (!ends.some((end) => end.id === id)) this.#endsSince.delete(id);
    for (const { id } of ends) {
      if (!this.#endsSince.has(id)) this.#endsSince.set(id, now);
      moments.push(this.#endsSince.get(id)! + endMilliseconds);
    }
    const goneUntil = this.#watchConsumer(now, graceSeconds);
    const ended = moments.some((moment) => moment <= now);
    const next = [...moments, ...goneUntil].filter((moment) => moment > now);
    this.#again.at(next.length > 0 ? Math.min(...next) : null);
    if (ended) return 'agent';
    return this.#goneSince !== null && now - this.#goneSince >= graceSeconds * 1000 ? 'left' : null;
  }

  /** @returns when the consumer's absence comes to mean more. */
  #watchConsumer(now: number, graceSeconds: number): number[] {
    const { connection, participants } = this.#context.state();
    const present = participants.some((person) => person.role === 'consumer');
    if (connection !== 'online' || present || this.#isDeviceShown) this.#goneSince = null;
    else this.#goneSince ??= now;
    // what it said last stands until the next page is there
    if (present) this.#isLeft = isLeaving(this.#context.transport.awareness);
    return this.#goneSince === null ? [] : [this.#goneSince + awayMilliseconds, this.#goneSince + graceSeconds * 1000];
  }

  #publishPhase(status: Status): void {
    const { view } = this.#context.state();
    const phase = this.#phase(status);
    if (phase !== view.phase) this.#context.update({ view: { phase, since: Date.now() } });
  }

  #phase(status: Status): ViewPhase {
    const { connection, page, screen }: SessionState = this.#context.state();
    if (status === 'ended') return 'ended';
    if (!isSharing({ status })) {
      this.#player = 'loading';
      return 'waiting';
    }
    if (connection !== 'online') return 'reconnecting';
    if (this.#isDeviceShown && screen && status === 'active') return 'live';
    // a phone stops a page that nobody sees
    const isAsleep = page?.device === 'mobile' && !page.visible && !page.elsewhere && !this.#isLeft;
    if (isAsleep && (this.#goneSince !== null || this.#isSilent)) return 'hidden';
    if (this.#goneSince !== null && Date.now() - this.#goneSince >= awayMilliseconds) return 'away';
    if (this.#isLeft) return 'loading';
    if (this.#goneSince !== null || this.#isSilent) return 'reconnecting';
    if (status === 'paused') return 'paused';
    // no page of ours is in front, and the screen is what can be seen
    if (screen?.source === 'screen') return 'live';
    if (!page || page.visible) return this.#player;
    return page.elsewhere && screen === null ? 'elsewhere' : 'hidden';
  }
}
