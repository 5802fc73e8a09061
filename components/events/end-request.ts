/** Agent's side, before the session is ended. Cancel it and it goes on. A consumer's Stop can't be cancelled. */
export class CobrowseEndRequestEvent extends Event {
  /** Id of the session. */
  readonly session: string;

  constructor(session: string) {
    super('cobrowse-end-request', { bubbles: true, composed: true, cancelable: true });
    this.session = session;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-end-request': CobrowseEndRequestEvent;
  }
}
