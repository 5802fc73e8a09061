/** Agent's side, before the view starts. Cancel it and the session stays `allowed`. */
export class CobrowseViewRequestEvent extends Event {
  /** Id of the session. */
  readonly session: string;

  constructor(session: string) {
    super('cobrowse-view-request', { bubbles: true, composed: true, cancelable: true });
    this.session = session;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-view-request': CobrowseViewRequestEvent;
  }
}
