import type { SessionState } from '../session/types.js';

/** Something went wrong at run time. `code` is stable; docs/troubleshooting.md explains each. */
export class CobrowseErrorEvent extends Event {
  /** Code, whether it passes by itself, and its page in the docs. */
  readonly error: NonNullable<SessionState['error']>;

  constructor(error: NonNullable<SessionState['error']>) {
    super('cobrowse-error', { bubbles: true, composed: true });
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-error': CobrowseErrorEvent;
  }
}
