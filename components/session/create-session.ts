import type { ErrorCode } from '../../protocol/errors.js';
import { DORMANT } from './initial-state.js';
import type { LiveSession } from './live-session.js';
import { writeMemory } from './tab-memory.js';
import type { Action, DispatchResult, SessionOptions, SessionState, SessionStore } from './types.js';

const done: DispatchResult = Object.freeze({ ok: true });
const refused = (code: ErrorCode): DispatchResult => ({ ok: false, code });

/**
 * The headless session of one browser: state, actions, no DOM. Light: what a live session needs is loaded on `connect`, or
 * at once where `options.session` is given.
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
    // the same function may subscribe twice
    const own = (state: SessionState) => listener(state);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  dispatch(action: Action): DispatchResult {
    if (this.#destroyed) return refused('not-connected');
    if (typeof action !== 'object' || action === null) return refused('unknown-action');
    try {
      if (action.type === 'connect')
        return this.#connect(action.session ?? this.#state.session ?? this.#options.session);
      if (action.type === 'disconnect') return this.#disconnect();
      return this.#live ? this.#live.dispatch(action) : refused('not-connected');
    } catch (error) {
      console.warn('cobrowse-kit: an action failed', error);
      return refused('unknown-action');
    }
  }

  destroy(): void {
    this.#attempt++;
    this.#live?.close();
    this.#live = undefined;
    this.#listeners.clear();
    this.#destroyed = true;
  }

  #connect(session: unknown): DispatchResult {
    if (typeof session !== 'string' || session === '') return refused('bad-request');
    if (session === this.#state.session && this.#state.connection !== 'offline') return done;
    this.#live?.close();
    this.#live = undefined;
    const attempt = ++this.#attempt;
    this.#set({ ...DORMANT, session, connection: 'connecting' });
    void this.#open(session, attempt);
    return done;
  }

  async #open(session: string, attempt: number): Promise<void> {
    try {
      const { createLiveSession } = await import('./live-session.js');
      if (attempt !== this.#attempt) return;
      this.#live = createLiveSession({
        options: this.#options,
        session,
        store: this,
        update: (change) => {
          if (attempt === this.#attempt) this.#update(change);
        },
      });
      await this.#live.open();
    } catch (error) {
      console.warn('cobrowse-kit: the session could not be opened', error);
      if (attempt === this.#attempt)
        this.#update({
          connection: 'offline',
          error: { code: 'connection-lost', recoverable: true, docs: 'docs/troubleshooting.md#connection-lost' },
        });
    }
  }

  #disconnect(): DispatchResult {
    this.#attempt++;
    this.#live?.close();
    this.#live = undefined;
    writeMemory(this.#options.memory, this.#options.server, null);
    this.#set(DORMANT);
    return done;
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
        listener(state);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
