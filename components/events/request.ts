import type { AnswerEntry } from '../../protocol/doc-schema.js';
import type { PendingRequest } from '../session/types.js';

/** An answer, and the words that it was given to. Without `shown` the receipt can't say what was asked. */
export type Answer = 'allow' | 'deny' | { decision: 'allow' | 'deny'; shown?: AnswerEntry['shown'] };

/**
 * Consumer's side, before the question is shown: an agent asks for something. Cancel it to ask in your own words and
 * answer by the store, or hand the answer over with `respondWith`.
 */
export class CobrowseRequestEvent extends Event {
  readonly request: PendingRequest;
  /** What `respondWith` was given. */
  #response: Promise<Answer> | undefined;

  constructor(request: PendingRequest) {
    super('cobrowse-request', { bubbles: true, composed: true, cancelable: true });
    this.request = request;
  }

  get response(): Promise<Answer> | undefined {
    return this.#response;
  }

  /**
   * The answer comes from you; the kit doesn't ask. A promise that rejects, or gives something else, means deny.
   * @throws {DOMException} `InvalidStateError` when called twice, or later than in the listener
   */
  respondWith(response: Promise<Answer>): void {
    if (this.#response || this.eventPhase === Event.NONE)
      throw new DOMException('respondWith is called once, in the listener', 'InvalidStateError');
    this.#response = response;
    this.preventDefault();
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-request': CobrowseRequestEvent;
  }
}
