/** The words that both sides share: unions with the list they are made of, so that values from the wire can be checked. */

export const MODES = ['screen-share', 'remote-control', 'full-device'] as const;
/** What the agent may see and do. */
export type Mode = (typeof MODES)[number];

export const ROLES = ['consumer', 'agent', 'observer'] as const;
/** Who a participant is, as its token says. An observer sees and does nothing. */
export type Role = (typeof ROLES)[number];

export const STATUSES = ['idle', 'requested', 'allowed', 'active', 'paused', 'ended'] as const;
/** Where a session stands. `allowed` = the answer is given, nothing is recorded yet. */
export type Status = (typeof STATUSES)[number];

export const DECISIONS = ['allow', 'deny', 'expired', 'withdrawn', 'replaced', 'refused', 'done'] as const;
/** How an entry of `requests` was settled by the consumer's side. `done`: carried out, a step that asks nobody. */
export type Decision = (typeof DECISIONS)[number];

export const REQUEST_KINDS = ['mode', 'view', 'step-down', 'clear', 'end'] as const;
/** What an agent's entry in `requests` asks for. Absent means `mode`: the one that asks the consumer. */
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const END_REASONS = ['consumer', 'agent', 'expired', 'left', 'replaced', 'error'] as const;
export type EndReason = (typeof END_REASONS)[number];

export const STEP_DOWN_REASONS = ['consumer', 'agent', 'expired', 'left', 'paused', 'not-offered'] as const;
/** Why a mode beyond screen share was left. `not-offered`: the consumer's page, or its next one, doesn't offer it. */
export type StepDownReason = (typeof STEP_DOWN_REASONS)[number];

export const INK_TOOLS = ['pencil'] as const;
export type InkTool = (typeof INK_TOOLS)[number];

export function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return typeof value === 'string' && (list as readonly string[]).includes(value);
}
