import type { ConsumerTask, ErrorCode } from '../../protocol/index.js';

/** Something that the agent did was not performed on the consumer's page. Says why, and nothing of the page. */
export class CobrowseControlRefusedEvent extends Event {
  /** Why. */
  readonly code: ErrorCode;
  /** With `needs-consumer`: what only the consumer can do. */
  readonly what: ConsumerTask | undefined;

  constructor(code: ErrorCode, what?: ConsumerTask) {
    super('cobrowse-control-refused', { bubbles: true, composed: true });
    this.code = code;
    this.what = what;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-control-refused': CobrowseControlRefusedEvent;
  }
}
