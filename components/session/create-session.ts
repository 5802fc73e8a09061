import type { ErrorCode } from '../../protocol/errors.js';
import { DORMANT } from './initial-state.js';
import type { LiveSession } from './live-session.js';
import { writeMemory } from './tab-memory.js';
import type { Action, DispatchResult, SessionOptions, SessionState, SessionStore } from './types.js';

const done: DispatchResult = Object.freeze({ ok: true });
const refused = (code: ErrorCode): DispatchResult => ({ ok: false, code });

/**
 * The headless session of one browser: state and actions, no DOM. Light: what a live session needs is loaded on
 * `connect`, or at once where `options.session` is given.
 */
export function createSession(options: SessionOptions): SessionStore {
  return new Store(options);
}

class Store implements SessionStore {
  readonly #options: SessionOptions;
  readonly #listeners = new Set<(state: SessionState) => void>();
  #state: SessionState = DORMANT;
  #live: LiveSession | undefined;
  /** Counts up with each connect and disconnect, so that a slow one knows that it is outdated. */
  #attempt = 0;
  #destroyed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    if (options.session) this.#connect(options.session);
  }

  getState(): SessionState {
    return this.#state;
  }

  subscribe(listener: (state: SessionState) => void): () => void {
    // a function of its own for each call, as the same listener may be given twice
    const own = (state: SessionState) => listener(state);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  dispatch(action: Action): DispatchResult {
    try {
      if (this.#destroyed) return refused('not-connected');
      const type = (action as Action | null)?.type;
      if (typeof type !== 'string') return refused('unknown-action');
      if (type === 'connect') return this.#connect((action as { session?: unknown }).session ?? this.#known);
      if (type === 'disconnect') return this.#disconnect();
      return this.#live ? this.#live.dispatch(action) : refused('not-connected');
    } catch (error) {
      console.warn('cobrowse-kit:', error);
      return refused('unknown-action');
    }
  }

  destroy(): void {
    this.#leave();
    this.#listeners.clear();
    this.#destroyed = true;
  }

  get #known(): string | undefined {
    return this.#state.session ?? this.#options.session;
  }

  #connect(session: unknown): DispatchResult {
    if (typeof session !== 'string' || session === '' || session.length > 128) return refused('bad-request');
    if (session === this.#state.session && this.#state.connection !== 'offline') return done;
    this.#leave();
    this.#set({ ...DORMANT, session, connection: 'connecting' });
    void this.#open(session, this.#attempt);
    return done;
  }

  async #open(session: string, attempt: number): Promise<void> {
    const isCurrent = () => attempt === this.#attempt;
    try {
      const [module] = await Promise.all([import('./live-session.js'), this.#options.beforeJoin?.(session)]);
      if (!isCurrent()) return;
      this.#live = new module.LiveSession({
        options: this.#options,
        session,
        store: this,
        update: (change) => {
          if (isCurrent()) this.#update(change);
        },
      });
    } catch (error) {
      console.warn('cobrowse-kit:', error);
      const code = 'connection-lost';
      const docs = `docs/troubleshooting.md#${code}`;
      if (isCurrent()) this.#update({ connection: 'offline', error: { code, recoverable: true, docs } });
    }
  }

  #disconnect(): DispatchResult {
    this.#leave();
    writeMemory(this.#options.memory, this.#options.server, null);
    this.#set(DORMANT);
    return done;
  }

  #leave(): void {
    this.#attempt++;
    this.#live?.close();
    this.#live = undefined;
  }

  #update(change: Partial<SessionState>): void {
    const entries = Object.entries(change) as [keyof SessionState, unknown][];
    if (entries.some(([name, value]) => this.#state[name] !== value)) this.#set({ ...this.#state, ...change });
  }

  #set(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = Object.freeze(state);
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.#state);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
