import type { ConsumerTask, Frame } from '../../../protocol/index.js';
import type { CompiledPolicy } from '../../mirror/privacy.js';
import type { Recorder } from '../../mirror/types.js';
import type { MirrorChannel } from '../../transport/types.js';
import type { Counts } from './counts.js';

/** What the consumer allowed, from its own memory. */
export interface Grant {
  /** `sub` of the agent that has control. */
  readonly agent: string;
  /** Id of the request that was allowed. */
  readonly id: string;
  /** Milliseconds since 1970; null: until it is taken back. */
  readonly until: number | null;
}

/** Something that only the consumer can do. */
export interface ConsumerNeed {
  readonly what: ConsumerTask;
  readonly element?: Element | undefined;
  /** Where it would go: a new window, another site. */
  readonly url?: string | undefined;
}

/** What the consumer sees of the agent's hand. Called with points of the viewport, CSS pixels. */
export interface PerformerUi {
  showCursor(x: number, y: number, isPressed: boolean): void;
  /** Asks the consumer to do it. */
  showNeed(need: ConsumerNeed): void;
  /** The agent waits while the consumer uses mouse or keyboard. */
  setConsumerActive(isActive: boolean): void;
}

export interface PerformerOptions {
  readonly mirror: MirrorChannel;
  readonly recorder: Recorder;
  readonly policy: CompiledPolicy;
  /** What is allowed now; null also while a question waits for its answer. Asked before every primitive. */
  grant(): Grant | null;
  readonly ui: PerformerUi;
  readonly counts: Counts;
}

/** Performs the agent's input on this page. */
export interface Performer {
  /** True while a primitive is being performed: what happens on the page now comes from the agent. */
  readonly busy: boolean;
  /** Also when the page was left: one that comes back needs another performer. */
  readonly isStopped: boolean;
  /** Input that came before there was a performer. */
  receive(frame: Frame): void;
  /** Lets go of all that is held: the agent can't say so itself now. */
  letGo(): void;
  /** Lets go of all that is held, and of the page. At once. */
  stop(): void;
}

/** Why input was not performed, in more detail than the agent is told. */
export type Reason =
  | 'no-grant'
  | 'other-agent'
  | 'other-grant'
  | 'old-page'
  | 'old-run'
  | 'replayed'
  | 'too-fast'
  | 'too-much'
  | 'malformed';
