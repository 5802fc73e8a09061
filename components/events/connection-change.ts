import type { Connection } from '../session/types.js';

/** The connection of this side has changed. */
export class CobrowseConnectionChangeEvent extends Event {
  /** The connection now. */
  readonly connection: Connection;
  /** The connection before. */
  readonly previous: Connection;

  constructor(connection: Connection, previous: Connection) {
    super('cobrowse-connection-change', { bubbles: true, composed: true });
    this.connection = connection;
    this.previous = previous;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-connection-change': CobrowseConnectionChangeEvent;
  }
}
