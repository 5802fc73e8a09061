import { createMemoryPair, whenState, type MemoryPair, type MemoryPairOptions } from '../../testing.js';
import { createSession } from '../create-session.js';
import type { Action, SessionOptions, SessionState, SessionStore, TabMemory } from '../types.js';

/** A tab's `sessionStorage`. */
export function tabMemory(): TabMemory & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** A pair of stores that is taken down after the test, with the steps of a journey. */
export class Journey {
  readonly pair: MemoryPair;
  readonly #others: SessionStore[] = [];

  constructor(options?: MemoryPairOptions) {
    this.pair = createMemoryPair(options);
  }

  get consumer(): SessionStore {
    return this.pair.consumer;
  }

  get agent(): SessionStore {
    return this.pair.agent;
  }

  /** Another page of somebody: an agent more, or the consumer after a reload. */
  join(person: Parameters<MemoryPair['optionsFor']>[0], options: Partial<SessionOptions> = {}): SessionStore {
    const store = createSession({ ...this.pair.optionsFor(person), ...options });
    this.#others.push(store);
    return store;
  }

  destroy(): void {
    this.pair.destroy();
    for (const store of this.#others) store.destroy();
  }

  async online(): Promise<void> {
    await whenState(this.consumer, (state) => state.connection === 'online' && state.participants.length === 2);
    await whenState(this.agent, (state) => state.connection === 'online' && state.participants.length === 2);
  }

  /** Up to the question on the consumer's side. @returns the id of the request. */
  async asked(): Promise<string> {
    await this.online();
    act(this.agent, { type: 'request', mode: 'screen-share' });
    const { request } = await whenState(this.consumer, (state) => state.request !== null);
    return request!.id;
  }

  async allowed(): Promise<void> {
    act(this.consumer, { type: 'answer', requestId: await this.asked(), decision: 'allow' });
    await whenState(this.agent, (state) => state.status === 'allowed');
  }

  async active(): Promise<void> {
    await this.allowed();
    act(this.agent, { type: 'view' });
    await whenState(this.agent, (state) => state.status === 'active');
    await whenState(this.consumer, (state) => state.status === 'active');
  }

  /** Up to the question for control. @returns the id of the request. */
  async askedForControl(limits?: { minutes?: number }, agent = this.agent): Promise<string> {
    act(agent, { type: 'request', mode: 'remote-control', ...(limits ? { limits } : {}) });
    const isAsked = ({ request }: SessionState) => request?.agent.id === agent.getState().me!.id;
    return (await whenState(this.consumer, isAsked)).request!.id;
  }

  /** Up to an agent that has control. @returns the id of the grant. */
  async controlled(limits?: { minutes?: number }): Promise<string> {
    await this.active();
    const requestId = await this.askedForControl(limits);
    act(this.consumer, { type: 'answer', requestId, decision: 'allow' });
    await both(this, ({ controller, grant }) => controller === 'agent-1' && grant?.id === requestId);
    return requestId;
  }
}

/** Dispatches what must be legal. */
export function act(store: SessionStore, action: Action): void {
  const result = store.dispatch(action);
  if (!result.ok) throw new Error(`${action.type} was refused: ${result.code}`);
}

export const both = async (journey: Journey, wanted: (state: SessionState) => boolean): Promise<void> => {
  await whenState(journey.consumer, wanted);
  await whenState(journey.agent, wanted);
};
