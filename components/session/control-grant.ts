import type { GrantFields } from '../../protocol/index.js';
import type { Machine } from './machine.js';
import type { Participant, SessionState } from './types.js';

/** Remote control as the consumer has allowed it, from the consumer's own memory. */
export interface ControlGrant {
  /** `sub` of the agent that has control. */
  readonly agent: string;
  /** Id of the request that was allowed. */
  readonly id: string;
  /** Milliseconds since 1970; null: without a limit. */
  readonly until: number | null;
}

/**
 * Whose input may be performed now. Null without remote control, and while it is suspended: a question waits for its answer, the time
 * is over, the connection is lost, or the agent is away.
 */
export function usableGrant(
  { status, mode, question, controller, grant }: Machine,
  { connection, participants }: Pick<SessionState, 'connection' | 'participants'>,
): ControlGrant | null {
  if (status !== 'active' || mode !== 'remote-control' || question || !controller || !grant) return null;
  if (grant.until !== null && Date.now() >= grant.until) return null;
  if (connection !== 'online' || !isPresent(controller, participants)) return null;
  return { agent: controller, id: grant.id, until: grant.until };
}

export function isPresent(agent: string, participants: readonly Participant[]): boolean {
  return participants.some(({ id, role }) => id === agent && role === 'agent');
}

/**
 * The grant as it is written to the doc. Clocks differ: what is left is told in seconds, and anew when somebody comes, who
 * then can count down on a clock of their own.
 */
export class ToldGrant {
  #told: GrantFields | null = null;
  #to = '';

  fields({ grant }: Machine, participants: readonly Participant[]): GrantFields | null {
    const to = participants.map(({ id }) => id).join(' ');
    const isTold = grant?.id === this.#told?.id && grant?.until === this.#told?.until && to === this.#to;
    if (isTold) return this.#told;
    this.#to = to;
    const left = grant?.until == null ? null : Math.max(0, Math.round((grant.until - Date.now()) / 1000));
    return (this.#told = grant && { ...grant, left });
  }
}

/** The same at an agent: when the time is over, by its own clock. */
export class HeardGrant {
  #fields: GrantFields | undefined;
  #until: number | null = null;

  until(fields: GrantFields): number | null {
    const { id, left } = fields;
    if (id !== this.#fields?.id || left !== this.#fields.left) {
      this.#until = left === null ? null : Date.now() + left * 1000;
    }
    this.#fields = fields;
    return this.#until;
  }
}
