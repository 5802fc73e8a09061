import type { Participant } from '../session/types.js';

/** Somebody has joined or left. */
export class CobrowseParticipantsChangeEvent extends Event {
  /** Everyone who is there now, oneself included. */
  readonly participants: readonly Participant[];
  /** Who has come. */
  readonly joined: readonly Participant[];
  /** Who has gone. */
  readonly left: readonly Participant[];

  constructor(participants: readonly Participant[], joined: readonly Participant[], left: readonly Participant[]) {
    super('cobrowse-participants-change', { bubbles: true, composed: true });
    this.participants = participants;
    this.joined = joined;
    this.left = left;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cobrowse-participants-change': CobrowseParticipantsChangeEvent;
  }
}
