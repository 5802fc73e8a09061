import type { PendingRequest, RequestOutcome } from '../session/types.js';

/** A question is settled, in whatever way: close the bubble that asked it. */
export class CobrowseRequestEndEvent extends Event {
  /** The question. */
  readonly request: PendingRequest;
  /** How it ended. */
  readonly outcome: RequestOutcome['outcome'];

  constructor(request: PendingRequest, outcome: RequestOutcome['outcome']) {
    super('cobrowse-request-end', { bubbles: true, composed: true });
    this.request = request;
    this.outcome = outcome;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-request-end': CobrowseRequestEndEvent;
  }
}
