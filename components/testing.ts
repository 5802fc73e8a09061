import type { ServerSettings } from '../protocol/index.js';
import { createSession } from './session/create-session.js';
import type { SessionOptions, SessionState, SessionStore } from './session/types.js';
import { MemoryHub } from './transport/memory-hub.js';
import type { Identity } from './transport/types.js';

type Person = Pick<Identity, 'sub' | 'role'> & Partial<Pick<Identity, 'name' | 'color' | 'modes'>>;

/** Two real stores in one session, joined by a server in memory. */
export interface MemoryPair {
  readonly consumer: SessionStore;
  readonly agent: SessionStore;
  readonly hub: MemoryHub;
  /** Options with which another participant, or the same one after a reload, joins the same session. */
  optionsFor(person: Person): SessionOptions;
  /** Destroys both stores. */
  destroy(): void;
}

type SideOptions = Partial<SessionOptions> & Pick<Partial<Person>, 'sub' | 'name' | 'color'>;

export interface MemoryPairOptions {
  /** Sub `consumer-1`, name `Chris`, unless said otherwise. */
  consumer?: SideOptions;
  /** Sub `agent-1`, name `Ada`, unless said otherwise. */
  agent?: SideOptions;
  /** Time-outs of the server, seconds. */
  settings?: Partial<ServerSettings>;
}

/** For an integrator's tests and for stories: no server, no network, the real state machine. */
export function createMemoryPair({ consumer = {}, agent = {}, settings = {} }: MemoryPairOptions = {}): MemoryPair {
  const hub = new MemoryHub(settings);
  const optionsFor = (person: Person): SessionOptions => ({
    server: 'ws://memory.invalid',
    session: 'memory',
    token: 'memory',
    transport: hub.as(person),
  });
  const join = (defaults: Person, { sub, name, color, ...options }: SideOptions) => {
    const person = { ...defaults, ...(sub ? { sub } : {}), ...(name ? { name } : {}), ...(color ? { color } : {}) };
    return createSession({ ...optionsFor(person), ...options });
  };
  const stores = {
    consumer: join({ sub: 'consumer-1', name: 'Chris', role: 'consumer' }, consumer),
    agent: join({ sub: 'agent-1', name: 'Ada', role: 'agent' }, agent),
  };
  return {
    ...stores,
    hub,
    optionsFor,
    destroy: () => {
      stores.consumer.destroy();
      stores.agent.destroy();
    },
  };
}

/** Resolves with the state in which `wanted` holds; rejects after `timeout` milliseconds (5,000). */
export function whenState(
  store: SessionStore,
  wanted: (state: SessionState) => boolean,
  timeout = 5000,
): Promise<SessionState> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer);
      unsubscribe();
    };
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`not reached: ${String(wanted)} in ${JSON.stringify(store.getState())}`));
    }, timeout);
    const look = () => {
      if (!wanted(store.getState())) return;
      finish();
      resolve(store.getState());
    };
    const unsubscribe = store.subscribe(look);
    look();
  });
}

export { MemoryHub };
export { expectNoSecrets, findSecrets, SecretsFoundError, type SecretSearchOptions } from './testing/find-secrets.js';
export type { SecretLeak } from './testing/session-reader.js';
export { watchSecrets, type SecretWatch, type WatchablePage } from './testing/watch-secrets.js';
