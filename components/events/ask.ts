import type { SessionScope } from '../internal/session-context.js';
import type { Action, DispatchResult } from '../session/types.js';
import { CobrowseEndRequestEvent } from './end-request.js';
import { CobrowseModeRequestEvent } from './mode-request.js';
import { CobrowseViewRequestEvent } from './view-request.js';

/** `cancelled`: a listener of the before-event didn't want it; nothing went out. */
export type AskResult = DispatchResult | { readonly ok: false; readonly code: 'cancelled' };

/**
 * Dispatches an action of a person, after the page was asked where the action has a cancelable event before it. Our tags
 * use this instead of `store.dispatch`.
 */
export function dispatchWithEvents({ host, store }: SessionScope, action: Action): AskResult {
  const before = beforeEvent(action, store.getState());
  if (before && !host.dispatchEvent(before)) return { ok: false, code: 'cancelled' };
  return store.dispatch(action);
}

function beforeEvent(
  action: Action,
  { role, session }: { role: string | null; session: string | null },
): Event | undefined {
  // stopping is the consumer's right: no page can take it away
  if (role === 'consumer') return undefined;
  switch (action.type) {
    case 'request':
      return new CobrowseModeRequestEvent(action.mode);
    case 'view':
      return new CobrowseViewRequestEvent(session ?? '');
    case 'end':
      return new CobrowseEndRequestEvent(session ?? '');
    default:
      return undefined;
  }
}
