/** A code was exchanged. Cancel it to join by yourself, with this token. */
export class CobrowseJoinEvent extends Event {
  /** Id of the session that the code opened. */
  readonly session: string;
  /** The consumer's signed token for it. */
  readonly token: string;

  constructor(session: string, token: string) {
    super('cobrowse-join', { bubbles: true, composed: true, cancelable: true });
    this.session = session;
    this.token = token;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-join': CobrowseJoinEvent;
  }
}
