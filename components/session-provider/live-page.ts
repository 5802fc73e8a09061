import { CobrowseRequestEvent, type Answer } from '../events/request.js';
import { leaveToTags } from '../internal/asked.js';
import { warnOnce } from '../internal/warn.js';
import type { PendingRequest, SessionState, SessionStore } from '../session/types.js';
import type { ConsumerPage } from './consumer-page.js';
import { fireChanges } from './fire-changes.js';
import type { CobrowseSession } from './session.js';

/** What runs on a page whose tag has a session; loaded with the first one. */
export interface LivePage {
  /** What may leave the page is another thing now. */
  updatePrivacy(): void;
  /** What an agent in control has done on this page, and what was refused: how often, by name. */
  readonly controlCounts: Readonly<Record<string, number>>;
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

  updatePrivacy(): void {
    this.#consumerPage?.updatePrivacy();
  }

  get controlCounts(): Readonly<Record<string, number>> {
    return this.#consumerPage?.controlCounts ?? {};
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

  #ask(request: PendingRequest): void {
    const event = new CobrowseRequestEvent(request);
    this.#element.dispatchEvent(event);
    const response = event.response ?? (event.defaultPrevented ? undefined : this.#confirm(request));
    if (response) void this.#answerLater(request.id, response);
    else if (!event.defaultPrevented) {
      leaveToTags(this.#store, request.id);
      this.#provide();
    }
  }

  #confirm(request: PendingRequest): Promise<Answer> | undefined {
    const { confirmRequest } = this.#element;
    return confirmRequest && new Promise((resolve) => resolve(confirmRequest(request)));
  }

  /** The page's own words are on the receipt only if it hands them over. */
  async #answerLater(requestId: string, response: Promise<Answer>): Promise<void> {
    const answer = await response.catch((): Answer => 'deny');
    const { decision, shown } = typeof answer === 'object' && answer ? answer : { decision: answer, shown: undefined };
    if (!shown && decision === 'allow') warnOnce(this.#element, 'no-words');
    this.#store.dispatch({ type: 'answer', requestId, decision: decision === 'allow' ? 'allow' : 'deny', shown });
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
