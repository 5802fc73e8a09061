import type { Mode } from '../../protocol/vocabulary.js';

/** Agent's side, before a mode is asked for. Cancel it and nothing is asked. */
export class CobrowseModeRequestEvent extends Event {
  /** The mode that would be asked for. */
  readonly mode: Mode;

  constructor(mode: Mode) {
    super('cobrowse-mode-request', { bubbles: true, composed: true, cancelable: true });
    this.mode = mode;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-mode-request': CobrowseModeRequestEvent;
  }
}
