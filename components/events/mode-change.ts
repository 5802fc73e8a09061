import type { Mode } from '../../protocol/vocabulary.js';

/** What the agent may see and do has changed. */
export class CobrowseModeChangeEvent extends Event {
  /** The mode now; null when nothing is shared. */
  readonly mode: Mode | null;
  /** The mode before. */
  readonly previous: Mode | null;

  constructor(mode: Mode | null, previous: Mode | null) {
    super('cobrowse-mode-change', { bubbles: true, composed: true });
    this.mode = mode;
    this.previous = previous;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-mode-change': CobrowseModeChangeEvent;
  }
}
