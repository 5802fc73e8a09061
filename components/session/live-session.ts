import { CobrowseError, ERRORS, LIMITS, type ErrorCode, type ServerSettings } from '../../protocol/index.js';
import type { Transport, TransportFactory } from '../transport/types.js';
import { AgentSide } from './agent-side.js';
import { AnnotationBook } from './annotation-book.js';
import { ConsumerSide } from './consumer-side.js';
import { DocAccess, isSame } from './doc-access.js';
import { createInternals } from './live-internals.js';
import { setInternals } from './internals.js';
import { refused, type LiveContext, type Side } from './live-context.js';
import { agentOffers, offeredTools } from './offers.js';
import { readParticipants } from './participants.js';
import type { Action, DispatchResult, SessionOptions, SessionState, SessionStore } from './types.js';

export interface LiveSession {
  /** Connects. Trouble on the way is told by `update({error})`. */
  open(): Promise<void>;
  dispatch(action: Action): DispatchResult;
  close(): void;
}

export interface LiveRequest {
  options: SessionOptions;
  session: string;
  store: SessionStore;
  update(change: Partial<SessionState>): void;
}

const defaultSettings: ServerSettings = {
  requestSeconds: LIMITS.requestSeconds,
  viewSeconds: LIMITS.viewSeconds,
  agentGraceSeconds: LIMITS.agentGraceSeconds,
  consumerGraceSeconds: LIMITS.consumerGraceSeconds,
  pauseSeconds: LIMITS.pauseSeconds,
  sessionSeconds: LIMITS.sessionSeconds,
};

/** Runs a session once it is opened. */
export function createLiveSession(request: LiveRequest): LiveSession {
  return new Live(request);
}

class Live implements LiveSession {
  readonly #request: LiveRequest;
  #transport: Transport | undefined;
  #access!: DocAccess;
  #side: Side | undefined;
  #book!: AnnotationBook;
  #settings = defaultSettings;
  #release: (() => void)[] = [];
  readonly #since = Date.now();
  #wasOnline = false;
  #refusals = 0;
  #closed = false;

  constructor(request: LiveRequest) {
    this.#request = request;
  }

  async open(): Promise<void> {
    const { options, session } = this.#request;
    const connect = options.transport ?? (await networkTransport());
    try {
      this.#transport = await connect({
        server: options.server,
        session,
        token: (reason) => this.#token(reason),
        events: this.#events(),
      });
    } catch (error) {
      this.#report(error instanceof CobrowseError ? error.code : 'unauthorized', error);
      this.#request.update({ connection: 'offline' });
      return;
    }
    if (this.#closed) this.#transport.close();
    else this.#join();
  }

  dispatch(action: Action): DispatchResult {
    if (!this.#side) return refused('not-connected');
    const state = this.#request.store.getState();
    switch (action.type) {
      case 'set-tool':
        return this.#setTool(action, state);
      case 'annotate':
        return this.#book.add(action.stroke, state);
      case 'undo':
        return this.#book.undo(state);
      case 'clear-annotations':
        return this.#clear(action.scope, state);
      case 'resync':
        if (state.role === 'consumer') return refused('forbidden');
        return this.#transport!.mirror.open
          ? (this.#internals().requestEpoch('agent'), { ok: true })
          : refused('not-connected');
      default:
        return state.role === 'observer' ? refused('forbidden') : this.#side.dispatch(action);
    }
  }

  close(): void {
    this.#closed = true;
    this.#leaveDoc();
    this.#side?.close();
    this.#transport?.close();
    setInternals(this.#request.store, null);
  }

  async #token(reason: 'connect' | 'refresh'): Promise<string> {
    const { options, session } = this.#request;
    if (!options.getToken) {
      if (options.token) return options.token;
      throw new CobrowseError('unauthorized', 'no token: give `token`, `token-url` or `getToken`');
    }
    return options.getToken({ session, role: this.#request.store.getState().role, reason });
  }

  // getters: the doc is replaced after a refusal, settings come with the server's hello
  #context(): LiveContext {
    const { options, session, store, update } = this.#request;
    const context = {
      options,
      session,
      update,
      state: () => store.getState(),
      report: (code: ErrorCode) => this.#report(code),
    };
    return Object.defineProperties(context as LiveContext, {
      transport: { get: () => this.#transport },
      access: { get: () => this.#access },
      settings: { get: () => this.#settings },
    });
  }

  #join(): void {
    const { identity } = this.#transport!;
    const { update } = this.#request;
    const me = { id: identity.sub, name: identity.name, role: identity.role, color: identity.color ?? '#d6336c' };
    update({ role: identity.role, me, color: me.color, error: null });
    this.#access = new DocAccess(this.#transport!.doc);
    const context = this.#context();
    this.#book = new AnnotationBook(context);
    this.#side = identity.role === 'consumer' ? new ConsumerSide(context) : new AgentSide(context);
    this.#enterDoc();
    setInternals(this.#request.store, this.#internals());
    this.#refresh();
  }

  #internals = once(() => createInternals(this.#context(), this.#side!, this.#book));

  #enterDoc(): void {
    const { doc, awareness } = this.#transport!;
    const onChange = () => this.#refresh();
    doc.on('update', onChange);
    awareness.on('change', onChange);
    // a first state of one's own makes the others see one
    awareness.setLocalState({ since: this.#since });
    this.#release = [() => doc.off('update', onChange), () => awareness.off('change', onChange)];
  }

  #leaveDoc(): void {
    for (const release of this.#release) release();
    this.#release = [];
  }

  #refresh(): void {
    const side = this.#side;
    if (this.#closed || !this.#transport || !side) return;
    const state = this.#request.store.getState();
    const participants = readParticipants(this.#transport.awareness, state.me);
    const own = participants.find((person) => person.id === state.me?.id);
    this.#request.update({
      participants: isSame(participants, state.participants) ? state.participants : participants,
      ...(own && !isSame(own, state.me)
        ? { me: own, color: state.color === state.me?.color ? own.color : state.color }
        : {}),
    });
    side.refresh();
    this.#book.refresh();
    this.#refreshOffers();
    if (this.#request.store.getState().request || this.#request.store.getState().status !== 'idle')
      this.#transport.openMirror();
  }

  #refreshOffers(): void {
    const context = this.#context();
    const state = context.state();
    const tools = offeredTools(state, context.options.consumerInk ?? this.#access.field('consumerInk') ?? false);
    const { modes, reasons } = state.role === 'agent' ? agentOffers(context) : { modes: [], reasons: {} };
    const offers = { modes, tools };
    const quality =
      state.connection !== 'online' || (state.latency ?? 0) > 400
        ? 'poor'
        : (state.latency ?? 0) > 150
          ? 'fair'
          : 'good';
    this.#request.update({
      offers: isSame(offers, state.offers) ? state.offers : offers,
      reasons: isSame(reasons, state.reasons) ? state.reasons : reasons,
      tool: tools.includes(state.tool) ? state.tool : 'none',
      quality,
    });
  }

  #setTool({ tool, color }: Extract<Action, { type: 'set-tool' }>, state: SessionState): DispatchResult {
    if (tool !== 'none' && !state.offers.tools.includes(tool)) return refused('wrong-status');
    if (color !== undefined && !/^#[\da-f]{6}$/i.test(color)) return refused('unknown-action');
    this.#request.update({ tool, ...(color ? { color } : {}) });
    return { ok: true };
  }

  #clear(scope: 'own' | 'all', state: SessionState): DispatchResult {
    if (scope === 'own') return this.#book.clearOwn(state);
    return this.#side instanceof AgentSide ? this.#side.clearAll() : this.#book.clearAll();
  }

  #events(): Parameters<TransportFactory>[0]['events'] {
    return {
      status: ({ connected, synced }) => {
        if (connected && synced) this.#wasOnline = true;
        const connection = connected && synced ? 'online' : this.#wasOnline ? 'reconnecting' : 'connecting';
        this.#request.update({ connection, ...(connection === 'online' ? { error: null } : {}) });
        this.#refresh();
      },
      closed: ({ name, final }) => {
        this.#report(name ?? 'connection-lost');
        if (final) this.#request.update({ connection: 'offline' });
        this.#refresh();
      },
      settings: (settings) => {
        this.#settings = { ...defaultSettings, ...settings };
        this.#refresh();
      },
      latency: (latency) => {
        this.#request.update({ latency: Math.round(latency) });
        this.#refreshOffers();
      },
      replaced: () => this.#rejoin(),
    };
  }

  /** The doc was refused and dropped: a new one, filled from the server, on top of which this side says its part again. */
  #rejoin(): void {
    this.#leaveDoc();
    if (++this.#refusals > 3) this.#report('update-refused');
    this.#access = new DocAccess(this.#transport!.doc);
    this.#enterDoc();
    this.#refresh();
  }

  #report(code: ErrorCode, cause?: unknown): void {
    const { recoverable } = ERRORS[code];
    this.#request.update({ error: { code, recoverable, docs: `docs/troubleshooting.md#${code}` } });
    this.#request.options.onError?.(new CobrowseError(code, code, { cause }));
  }
}

async function networkTransport(): Promise<TransportFactory> {
  const { connectNetwork } = await import('../transport/network-transport.js');
  return connectNetwork;
}

function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}
