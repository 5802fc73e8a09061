import {
  closeName,
  CobrowseError,
  decodeControl,
  ERRORS,
  isOneOf,
  LIMITS,
  type EndReason,
  type ErrorCode,
  type Role,
  type ServerSettings,
} from '../../protocol/index.js';
import { connectNetwork } from '../transport/network-transport.js';
import type { Transport, TransportEvents } from '../transport/types.js';
import { Alarm } from './alarm.js';
import { DocAccess, isSame } from './doc-access.js';
import { setInternals } from './internals.js';
import { done, refused, rerunning, type LiveContext, type Side } from './live-context.js';
import { createInternals, type LiveInternals } from './live-internals.js';
import { isColor, participantsOf, self } from './presence.js';
import { QualityMeter } from './quality.js';
import { annotate, clearOwn, shownStrokes, undo } from './strokes.js';
import { rememberedSession } from './tab-memory.js';
import { askToken } from './token-source.js';
import type { Action, DispatchResult, SessionOptions, SessionState, SessionStore } from './types.js';

/** A connection that is away for longer is worth a word. */
const patience = 5000;
/** Presence arrives a moment after the doc: who was there before counts as there so long. */
const presenceDelay = 1000;
const firstRetry = 500;
const longestRetry = 5000;
const tools = ['none', 'laser', 'pencil'] as const;

export interface LiveStart {
  readonly options: SessionOptions;
  readonly session: string;
  readonly store: SessionStore;
  /** Ignored after the store has left this session. */
  readonly update: (change: Partial<SessionState>) => void;
}

/** A session that is being connected or is connected: the doc, the transport, and the part of this person's role. */
export class LiveSession {
  readonly #start: LiveStart;
  readonly #meter = new QualityMeter();
  readonly #impatience = new Alarm(() => this.#report('connection-lost'));
  readonly #presence = new Alarm(() => this.#refresh());
  readonly #retry = new Alarm(() => void this.#open());
  readonly #refresh = rerunning(() => this.#inOneGo(() => this.#refreshAll()));
  #settings: ServerSettings = LIMITS;
  #transport: Transport | undefined;
  #context: LiveContext | undefined;
  #side: Side | undefined;
  #internals: LiveInternals | undefined;
  #stopDoc: () => void = () => undefined;
  /** What the running job has changed so far. */
  #change: Partial<SessionState> | undefined;
  #synced = false;
  #isLost = false;
  #attempts = 0;
  /** Until then presence may still be on its way. */
  #settledAt = 0;
  #closed = false;

  constructor(start: LiveStart) {
    this.#start = start;
    void this.#open();
  }

  /** Never throws; the caller has checked that it is an object with a `type`. */
  dispatch(action: Action): DispatchResult {
    const side = this.#side;
    const context = this.#context;
    if (!side || !context || this.#state.connection === 'connecting') return refused('not-connected');
    return this.#inOneGo(() => {
      const result = this.#carryOut(action, side, context);
      if (result.ok) this.#refresh();
      return result;
    });
  }

  close(): void {
    this.#closed = true;
    for (const alarm of [this.#impatience, this.#presence, this.#retry]) alarm.at(null);
    this.#stopDoc();
    this.#side?.close();
    this.#internals?.close();
    this.#transport?.close();
    setInternals(this.#start.store, null);
  }

  get #state(): SessionState {
    const state = this.#start.store.getState();
    return this.#change ? { ...state, ...this.#change } : state;
  }

  /** What a job changes is published together when it is done: nobody sees a state that never was. */
  #inOneGo<T>(job: () => T): T {
    if (this.#change) return job();
    this.#change = {};
    try {
      return job();
    } finally {
      const change = this.#change;
      this.#change = undefined;
      this.#start.update(change);
    }
  }

  #carryOut(action: Action, side: Side, context: LiveContext): DispatchResult {
    const { role } = context.transport.identity;
    switch (action.type) {
      case 'set-tool':
        return this.#setTool(action);
      case 'annotate':
        return annotate(context, action.stroke);
      case 'undo':
        return role === 'observer' ? refused('unknown-action') : undo(context);
      case 'clear-annotations':
        return this.#clear(action, side, context);
      case 'resync':
        this.#internals?.requestEpoch('agent');
        return done;
      case 'withdraw':
      case 'answer':
      case 'more-time':
        return typeof action.requestId === 'string' ? side.dispatch(action) : refused('request-not-found');
      default:
        return side.dispatch(action);
    }
  }

  #setTool({ tool, color }: Extract<Action, { type: 'set-tool' }>): DispatchResult {
    if (!isOneOf(tools, tool) || (color !== undefined && !isColor(color))) return refused('unknown-action');
    if (tool !== 'none' && !this.#state.offers.tools.includes(tool)) return refused('wrong-status');
    this.#update({ tool, ...(color === undefined ? {} : { color }) });
    return done;
  }

  #clear(action: Extract<Action, { type: 'clear-annotations' }>, side: Side, context: LiveContext): DispatchResult {
    const { role } = context.transport.identity;
    if ((action.scope !== 'own' && action.scope !== 'all') || role === 'observer') return refused('unknown-action');
    if (role === 'agent') return side.dispatch(action);
    if (action.scope === 'own') return clearOwn(context);
    context.access.deleteStrokes(() => true);
    return done;
  }

  async #open(): Promise<void> {
    const { options, session } = this.#start;
    const resumes = rememberedSession(options.memory, options.server) === session;
    let first: 'resume' | 'connect' = resumes ? 'resume' : 'connect';
    const token = (reason: 'connect' | 'refresh') => {
      const asked = askToken(options, session, this.#state.role, reason === 'connect' ? first : reason);
      first = 'connect';
      return asked;
    };
    try {
      const open = options.transport ?? connectNetwork;
      const transport = await open({ server: options.server, session, token, events: this.#events });
      if (this.#closed) transport.close();
      else await this.#join(transport);
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(cause: unknown): void {
    if (this.#closed) return;
    const error = cause instanceof CobrowseError ? cause : new CobrowseError('server-error', String(cause), { cause });
    this.#report(error.code, error);
    if (!error.recoverable) {
      this.#update({ connection: 'offline' });
      return;
    }
    const delay = Math.min(firstRetry * 2 ** this.#attempts++, longestRetry);
    this.#retry.at(Date.now() + delay);
  }

  async #join(transport: Transport): Promise<void> {
    this.#transport = transport;
    try {
      const newSide = await loadSide(transport.identity.role);
      if (!this.#closed) this.#inOneGo(() => this.#enter(transport, newSide));
    } catch (error) {
      transport.close();
      throw error;
    }
  }

  #enter(transport: Transport, newSide: NewSide): void {
    const me = self(transport.identity);
    this.#update({ me, role: me.role, color: me.color, participants: [me] });
    const context = this.#createContext(transport);
    this.#context = context;
    this.#side = newSide(context);
    this.#watchDoc(transport);
    this.#internals = createInternals(context, this.#side);
    transport.mirror.onFrame('control', (frame) => this.#onControl(frame.payload));
    setInternals(this.#start.store, this.#internals);
    this.#onStatus(this.#synced);
  }

  #createContext(transport: Transport): LiveContext {
    const { options, session } = this.#start;
    let access = new DocAccess(transport.doc);
    const settings = () => this.#settings;
    return {
      options,
      session,
      transport,
      get access() {
        if (access.doc !== transport.doc) access = new DocAccess(transport.doc);
        return access;
      },
      get settings() {
        return settings();
      },
      state: () => this.#state,
      update: (change) => this.#update(change),
      report: (code) => this.#report(code),
      superseded: () => this.#onClosed('replaced', true),
      refresh: () => this.#refresh(),
    };
  }

  #watchDoc({ doc, awareness }: Transport): void {
    this.#stopDoc();
    doc.on('update', this.#refresh);
    awareness.on('change', this.#refresh);
    this.#stopDoc = () => {
      doc.off('update', this.#refresh);
      awareness.off('change', this.#refresh);
    };
  }

  #refreshAll(): void {
    const [context, transport] = [this.#context, this.#transport];
    if (!context || !transport || this.#closed) return;
    this.#followPresence(transport);
    this.#side?.refresh();
    this.#update({ annotations: shownStrokes(context) });
    const { status, tool, offers, connection } = this.#state;
    if (tool !== 'none' && !offers.tools.includes(tool)) this.#update({ tool: 'none' });
    if (status !== 'idle' && status !== 'ended') transport.openMirror();
    this.#update({ latency: this.#meter.latency, quality: this.#meter.quality(connection) });
  }

  /** Without a connection nobody's presence is known: the last known ones stay in view. */
  #followPresence(transport: Transport): void {
    const participants = participantsOf(transport);
    const known = this.#state.participants;
    const waits = !this.#synced || Date.now() < this.#settledAt;
    if (waits && participants.length < known.length) this.#presence.at(this.#synced ? this.#settledAt : null);
    else this.#update({ participants });
  }

  readonly #events: TransportEvents = {
    status: ({ connected, synced }) => this.#inOneGo(() => this.#onStatus(connected && synced)),
    closed: ({ code, name, final }) => this.#inOneGo(() => this.#onClosed(name ?? closeName(code), final)),
    settings: (settings) => {
      this.#settings = readSettings(settings);
      this.#refresh();
    },
    latency: (milliseconds) => {
      this.#meter.measured(milliseconds);
      this.#refresh();
    },
    replaced: () => {
      if (this.#transport) this.#watchDoc(this.#transport);
      this.#side?.replaced();
      this.#refresh();
    },
  };

  #onStatus(online: boolean): void {
    this.#synced = online;
    if (this.#closed || !this.#context || this.#state.connection === 'offline') return;
    const before = this.#state.connection;
    if (online && before !== 'online') this.#settledAt = Date.now() + (before === 'connecting' ? 0 : presenceDelay);
    if (!online && before === 'online') this.#meter.lost();
    const connection = online ? 'online' : before === 'connecting' ? 'connecting' : 'reconnecting';
    this.#watchLoss(online);
    this.#update({ connection, ...(online && this.#state.error?.recoverable ? { error: null } : {}) });
    this.#refresh();
  }

  #watchLoss(online: boolean): void {
    if (online === !this.#isLost) return;
    this.#isLost = !online;
    this.#impatience.at(online ? null : Date.now() + patience);
  }

  #onClosed(code: ErrorCode | undefined, final: boolean): void {
    if (this.#closed) return;
    if (final) {
      this.#impatience.at(null);
      this.#synced = false;
      this.#update({ connection: 'offline' });
      if (code === 'replaced') this.#giveUp('replaced');
      // the server has ended it, for everyone and for good
      if (code === 'session-ended') this.#giveUp('expired');
    }
    if (code && (final || code !== 'update-refused')) this.#report(code);
    this.#refresh();
  }

  /** It's over here. Where another page goes on, presence of this one must not speak against it. */
  #giveUp(reason: EndReason): void {
    this.#side?.superseded(reason);
    this.#stopDoc();
    // not in the middle of what the doc tells us
    queueMicrotask(() => this.#transport?.close());
  }

  #onControl(payload: Uint8Array): void {
    const message = decodeControl(payload);
    // input that was on its way when control was taken back is no trouble
    const isTrouble = message?.type === 'refused' && !(message.kind === 'input' && message.code !== 'rate-limited');
    if (isTrouble && Object.hasOwn(ERRORS, message.code)) this.#report(message.code);
    if (message?.type === 'hello' || message?.type === 'consumer-silent') {
      const isSilent = message.type === 'consumer-silent' && message.silent;
      this.#inOneGo(() => this.#side?.setSilent?.(isSilent));
    }
    if (message?.type === 'hello' || message?.type === 'device') {
      const isShown = message.type === 'device' && message.shows;
      this.#inOneGo(() => this.#side?.setDeviceShown?.(isShown));
    }
    if (message?.type === 'superseded') this.#inOneGo(() => this.#onClosed('replaced', true));
  }

  #update(change: Partial<SessionState>): void {
    const state = this.#state;
    const entries = Object.entries(change) as [keyof SessionState, unknown][];
    const changed = entries.filter(([name, value]) => !isSame(state[name], value));
    if (changed.length === 0) return;
    const news = Object.fromEntries(changed) as Partial<SessionState>;
    if (this.#change) Object.assign(this.#change, news);
    else this.#start.update(news);
  }

  #report(code: ErrorCode, error = new CobrowseError(code)): void {
    if (this.#closed) return;
    const { recoverable } = ERRORS[code];
    this.#update({ error: { code, recoverable, docs: `docs/troubleshooting.md#${code}` } });
    try {
      this.#start.options.onError?.(error);
    } catch (thrown) {
      console.error(thrown);
    }
  }
}

type NewSide = (context: LiveContext) => Side;

/** A page has one role: the code of the others isn't loaded. */
async function loadSide(role: Role): Promise<NewSide> {
  if (role === 'consumer') {
    const { ConsumerSide } = await import('./consumer-side.js');
    return (context) => new ConsumerSide(context);
  }
  const { AgentSide } = await import('./agent-side.js');
  return (context) => new AgentSide(context);
}

/** Seconds that the server named, each checked: what is missing or absurd is the default. */
function readSettings(settings: ServerSettings): ServerSettings {
  const pick = (name: keyof ServerSettings) => {
    const value: unknown = settings[name];
    return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : LIMITS[name];
  };
  return {
    requestSeconds: pick('requestSeconds'),
    viewSeconds: pick('viewSeconds'),
    agentGraceSeconds: pick('agentGraceSeconds'),
    consumerGraceSeconds: pick('consumerGraceSeconds'),
    pauseSeconds: pick('pauseSeconds'),
    sessionSeconds: pick('sessionSeconds'),
  };
}
