import type { PendingRequest } from '../session/types.js';

/** The consumer has answered. */
export class CobrowseAnswerEvent extends Event {
  /** The question. */
  readonly request: PendingRequest;
  /** The answer. */
  readonly decision: 'allow' | 'deny';

  constructor(request: PendingRequest, decision: 'allow' | 'deny') {
    super('cobrowse-answer', { bubbles: true, composed: true });
    this.request = request;
    this.decision = decision;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-answer': CobrowseAnswerEvent;
  }
}
