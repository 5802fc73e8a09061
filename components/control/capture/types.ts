import type { AgentLocalize } from '../../internal/agent-words.js';
import type { Player } from '../../mirror/types.js';
import type { SessionStore } from '../../session/types.js';
import type { MirrorChannel } from '../../transport/types.js';

/** CSS pixels; of the mirror's viewport where nothing else is said. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface CaptureOptions {
  /** Takes the agent's pointer and keys. Lies over the picture, in the size in which it is shown. */
  surface: HTMLElement;
  /** Holds hint, messages and pickers. Lies over the whole view and lets the pointer through. */
  layer: HTMLElement;
  /** Is put around the element that has the focus on the consumer's page. In the page's own CSS pixels. */
  ring: HTMLElement;
  player: Player;
  /** Viewport of the consumer's page, CSS pixels. */
  pageSize(): { readonly width: number; readonly height: number };
  mirror: MirrorChannel;
  store: SessionStore;
  words: AgentLocalize;
  /** Keys that give the keyboard back to the desk, `Control+Alt+Escape`. */
  releaseShortcut(): string;
  /** Mirror id of the element with the focus on the consumer's page, or null. */
  focused(): number | null;
  /** Fires an event on the session's element. */
  fire(event: Event): void;
  /** The page shows a message of the browser, or no longer. */
  onDialog(open: boolean): void;
}

/** One sitting of the agent at the consumer's page: from the grant to its end. */
export interface Capture {
  /** State, words or the size of the picture have changed. */
  update(): void;
  /** The mirror or its focus has changed. */
  refresh(): void;
  /** Lets go of all that is held, and of the surface. */
  destroy(): void;
}
