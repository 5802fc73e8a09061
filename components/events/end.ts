import type { EndReason } from '../../protocol/vocabulary.js';

/** The session has ended. */
export class CobrowseEndEvent extends Event {
  /** Who or what ended it. */
  readonly reason: EndReason | null;

  constructor(reason: EndReason | null) {
    super('cobrowse-end', { bubbles: true, composed: true });
    this.reason = reason;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-end': CobrowseEndEvent;
  }
}
