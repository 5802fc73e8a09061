import type { ServerSettings } from '../protocol/index.js';
import { createSession } from './session/create-session.js';
import type { SessionOptions, SessionStore } from './session/types.js';
import { MemoryHub } from './transport/memory-hub.js';

/** Two real stores in one session, joined by a server in memory. */
export interface MemoryPair {
  readonly consumer: SessionStore;
  readonly agent: SessionStore;
  readonly hub: MemoryHub;
  /** Options with which another participant, or the same one after a reload, joins the same session. */
  optionsFor(person: { sub: string; name?: string; role: 'consumer' | 'agent' | 'observer' }): SessionOptions;
  destroy(): void;
}

export interface MemoryPairOptions {
  consumer?: Partial<SessionOptions> & { name?: string };
  agent?: Partial<SessionOptions> & { name?: string };
  settings?: Partial<ServerSettings>;
}

/** For an integrator's tests and for stories: no server, no network, the real state machine. */
export function createMemoryPair({ consumer = {}, agent = {}, settings = {} }: MemoryPairOptions = {}): MemoryPair {
  const hub = new MemoryHub(settings);
  const optionsFor: MemoryPair['optionsFor'] = (person) => ({
    server: 'ws://memory.invalid',
    session: 'memory',
    token: 'memory',
    transport: hub.as(person),
  });
  const stores = {
    consumer: createSession({
      ...optionsFor({ sub: 'consumer-1', name: consumer.name ?? 'Chris', role: 'consumer' }),
      ...consumer,
    }),
    agent: createSession({ ...optionsFor({ sub: 'agent-1', name: agent.name ?? 'Ada', role: 'agent' }), ...agent }),
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
  wanted: (state: ReturnType<SessionStore['getState']>) => boolean,
  timeout = 5000,
): Promise<ReturnType<SessionStore['getState']>> {
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
