import type { Decision, ErrorCode, RequestEntry, ServerSettings } from '../../protocol/index.js';
import type { Transport } from '../transport/types.js';
import type { DocAccess } from './doc-access.js';
import type { Action, DispatchResult, PendingRequest, RequestOutcome, SessionOptions, SessionState } from './types.js';

/** What the two sides of a live session share. */
export interface LiveContext {
  readonly options: SessionOptions;
  readonly session: string;
  readonly transport: Transport;
  readonly access: DocAccess;
  readonly settings: ServerSettings;
  state(): SessionState;
  update(change: Partial<SessionState>): void;
  report(code: ErrorCode): void;
}

/** One role's part of a live session. */
export interface Side {
  /** The doc, presence, connection or settings changed. */
  refresh(): void;
  dispatch(action: Action): DispatchResult;
  close(): void;
}

export const done: DispatchResult = Object.freeze({ ok: true });
export const refused = (code: ErrorCode): DispatchResult => ({ ok: false, code });

/** The question as both sides show it; the agent's name is the one that the server stamped, where it's known. */
export function pendingRequest(context: LiveContext, entry: RequestEntry, expiresAt: number): PendingRequest {
  const id = entry.id.slice(0, entry.id.lastIndexOf(':'));
  const known = context.state().participants.find((person) => person.id === id);
  const name = known?.name ?? entry.agent.name ?? id;
  return {
    id: entry.id,
    mode: entry.mode ?? 'screen-share',
    agent: { id, name },
    at: entry.at,
    expiresAt,
    ...(entry.limits ? { limits: entry.limits } : {}),
  };
}

const outcomes: Partial<Record<Decision, RequestOutcome['outcome']>> = {
  allow: 'allowed',
  deny: 'denied',
  expired: 'expired',
  withdrawn: 'withdrawn',
  replaced: 'replaced',
  refused: 'refused',
};

export function outcomeOf(request: PendingRequest, decision: Decision): RequestOutcome | null {
  const outcome = outcomes[decision];
  return outcome ? { request, outcome } : null;
}
