import type { Status } from '../../protocol/vocabulary.js';

/** The session has gone a step further, or back. */
export class CobrowseStatusChangeEvent extends Event {
  /** The status now. */
  readonly status: Status;
  /** The status before. */
  readonly previous: Status;

  constructor(status: Status, previous: Status) {
    super('cobrowse-status-change', { bubbles: true, composed: true });
    this.status = status;
    this.previous = previous;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-status-change': CobrowseStatusChangeEvent;
  }
}
