import { CobrowseRequestEvent } from '../events/request.js';
import { leaveToTags } from '../internal/asked.js';
import type { SessionState, SessionStore } from '../session/types.js';
import type { ConsumerPage } from './consumer-page.js';
import { fireChanges } from './fire-changes.js';
import type { CobrowseSession } from './session.js';

/** What runs on a page whose tag has a session; loaded with the first one. */
export interface LivePage {
  /** Attributes of the tag have changed. */
  configure(): void;
  stop(): void;
}

/**
 * Fires the events, asks the page about each question, and runs the consumer's page while it is shared.
 * @param before the state up to which events were fired
 * @param provide makes the tags inside look again
 */
export function startLivePage(element: CobrowseSession, before: SessionState, provide: () => void): LivePage {
  return new Live(element, before, provide);
}

class Live implements LivePage {
  readonly #element: CobrowseSession;
  readonly #store: SessionStore;
  readonly #provide: () => void;
  readonly #unsubscribe: () => void;
  #state: SessionState;
  #consumerPage: ConsumerPage | undefined;
  #isLoading = false;
  #isStopped = false;

  constructor(element: CobrowseSession, before: SessionState, provide: () => void) {
    this.#element = element;
    this.#store = element.store;
    this.#provide = provide;
    this.#state = before;
    // a store of the page's own may already have a question
    if (before.role === 'consumer' && before.request) this.#ask(before.request);
    this.#unsubscribe = this.#store.subscribe(() => this.#onState());
    this.#onState();
    if (before.role === 'consumer' && isRunning(before)) void this.#startConsumerPage();
  }

  configure(): void {
    this.#consumerPage?.configure();
  }

  stop(): void {
    this.#isStopped = true;
    this.#unsubscribe();
    this.#consumerPage?.stop();
  }

  #onState(): void {
    const before = this.#state;
    const now = this.#store.getState();
    if (now === before) return;
    this.#state = now;
    if (this.#element.debug) logNames(before, now);
    fireChanges(this.#element, before, now);
    if (now.role === 'consumer' && now.request && now.request.id !== before.request?.id) this.#ask(now.request);
    if (now.role === 'consumer' && isRunning(now)) void this.#startConsumerPage();
  }

  #ask(request: NonNullable<SessionState['request']>): void {
    const event = new CobrowseRequestEvent(request);
    this.#element.dispatchEvent(event);
    const answer = (decision: 'allow' | 'deny') =>
      this.#store.dispatch({ type: 'answer', requestId: request.id, decision });
    if (event.response)
      void event.response.then(
        (decision) => answer(decision === 'allow' ? 'allow' : 'deny'),
        () => answer('deny'),
      );
    else if (!event.defaultPrevented) {
      leaveToTags(this.#store, request.id);
      this.#provide();
    }
  }

  async #startConsumerPage(): Promise<void> {
    if (this.#consumerPage || this.#isLoading) return;
    this.#isLoading = true;
    try {
      const { startConsumerPage } = await import('./consumer-page.js');
      if (!this.#isStopped) this.#consumerPage = startConsumerPage(this.#element, this.#store);
    } catch (error) {
      console.warn('cobrowse-kit: a part could not be loaded', error);
    } finally {
      this.#isLoading = false;
    }
  }
}

function isRunning({ request, status }: SessionState): boolean {
  return Boolean(request) || status === 'allowed' || status === 'active' || status === 'paused';
}

function logNames(before: SessionState, now: SessionState): void {
  const names = (Object.keys(now) as (keyof SessionState)[]).filter((name) => before[name] !== now[name]);
  console.warn(`cobrowse-kit: ${names.join(', ')}: ${now.connection}, ${now.status}, ${now.mode ?? 'no mode'}`);
}
