import type { Action, DispatchResult, SessionState } from '../session/types.js';

/** From the frame to the page: wants a port. */
export const KNOCK = 'cobrowse-bridge';
/** From the page to the frame, with the port. */
export const WELCOME = 'cobrowse-bridge-port';

/** Over the port, from the page. */
export type FromPage = { state: SessionState } | { id: number; result: DispatchResult };
/** Over the port, from the frame. */
export interface FromFrame {
  id: number;
  action: Action;
}

export function isKnock(data: unknown): boolean {
  return (data as { type?: unknown } | null)?.type === KNOCK;
}

export function isWelcome(data: unknown): boolean {
  return (data as { type?: unknown } | null)?.type === WELCOME;
}
