import type { SessionStore } from '../session/types.js';

const asked = new WeakMap<SessionStore, string>();

/** The session has told the page about this question, and the page leaves the asking to our tags. */
export function leaveToTags(store: SessionStore, requestId: string): void {
  asked.set(store, requestId);
}

/** Whether our tags ask this question. */
export function isLeftToTags(store: SessionStore, requestId: string): boolean {
  return asked.get(store) === requestId;
}
