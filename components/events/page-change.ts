import type { SessionState } from '../session/types.js';

/** The consumer's page is another one, or has another size, title or visibility. */
export class CobrowsePageChangeEvent extends Event {
  /** What is known of the page; never its content. */
  readonly page: SessionState['page'];

  constructor(page: SessionState['page']) {
    super('cobrowse-page-change', { bubbles: true, composed: true });
    this.page = page;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-page-change': CobrowsePageChangeEvent;
  }
}
