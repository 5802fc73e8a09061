import type { Decision, EndReason, ErrorCode, Mode, Status, StepDownReason } from '../../protocol/index.js';

/**
 * The session's state machine, on the consumer's side, which is the authority. Pure: an event gives the next state, or a
 * named refusal that leaves it as it was.
 *
 *     idle -> requested -> allowed -> active(mode) <-> paused -> ended -> requested ...
 *
 * A question for a further mode is asked while the session is active; `status` stays `active` meanwhile.
 */
export interface Machine {
  readonly status: Status;
  readonly mode: Mode | null;
  /** The question that waits for an answer. */
  readonly question: Question | null;
  /** The agent that has remote control. */
  readonly controller: string | null;
  /** What was allowed beyond screen share, for the mode that is on. */
  readonly grant: MachineGrant | null;
  /** Why the last such mode was left. */
  readonly stepDown: StepDownReason | null;
  readonly endedBy: EndReason | null;
}

export interface MachineGrant {
  /** Id of the request that was allowed. */
  readonly id: string;
  /** Milliseconds since 1970; null: without a limit. */
  readonly until: number | null;
}

export interface Question {
  readonly id: string;
  readonly mode: Mode;
  /** `sub` of the agent it is asked for. */
  readonly agent: string;
  /** `sub` of the agent that has control, and hands it over to `agent`. Absent: `agent` asks for itself. */
  readonly from?: string;
  /** For how long it is asked. Absent: without a limit. */
  readonly minutes?: number;
}

export type MachineEvent =
  | { type: 'asked'; question: Question }
  /** `at`: milliseconds since 1970. */
  | { type: 'answered'; id: string; decision: 'allow' | 'deny'; at: number }
  | { type: 'expired'; id: string }
  | { type: 'withdrawn'; id: string }
  /** The page can't do any more what is asked for. */
  | { type: 'refused'; id: string }
  | { type: 'viewed' }
  | { type: 'stepped-down'; reason: StepDownReason }
  | { type: 'paused' }
  | { type: 'resumed' }
  | { type: 'ended'; reason: EndReason };

/** How a question was settled along the way. */
export interface Settled {
  readonly question: Question;
  readonly decision: Decision;
}

export type Verdict =
  | { readonly ok: true; readonly machine: Machine; readonly settled: readonly Settled[] }
  | { readonly ok: false; readonly code: ErrorCode };

export const IDLE: Machine = Object.freeze({
  status: 'idle',
  mode: null,
  question: null,
  controller: null,
  grant: null,
  stepDown: null,
  endedBy: null,
});

export function transition(machine: Machine, event: MachineEvent): Verdict {
  switch (event.type) {
    case 'asked':
      return ask(machine, event.question);
    case 'answered':
      return answer(machine, event);
    case 'expired':
    case 'withdrawn':
    case 'refused':
      return isPending(machine, event.id) ? unanswered(machine, event.type) : refuse('request-not-found');
    case 'viewed':
      return view(machine);
    case 'stepped-down':
      return isSharing(machine) ? accept(stepDown(machine, event.reason)) : refuse('wrong-status');
    case 'paused':
      return machine.status === 'active' ? pause(machine) : refuse('wrong-status');
    case 'resumed':
      return machine.status === 'paused' ? accept({ ...machine, status: 'active' }) : refuse('wrong-status');
    case 'ended':
      return end(machine, event.reason);
  }
}

/** Whether the page is or may again be seen: active or paused. */
export function isSharing({ status }: Pick<Machine, 'status'>): boolean {
  return status === 'active' || status === 'paused';
}

function ask(machine: Machine, question: Question): Verdict {
  const pending = machine.question;
  if (pending && asker(pending) !== asker(question)) return refuse('request-pending');
  const code = whyNotAsk(machine, question);
  if (code) return refuse(code);
  const status = machine.status === 'active' ? 'active' : 'requested';
  return accept(
    { ...machine, status, question, endedBy: null },
    pending ? [{ question: pending, decision: 'replaced' }] : [],
  );
}

/** Every session starts in screen share; what goes further needs an active one, and asks for something new. */
function whyNotAsk(machine: Machine, { mode: wanted, agent, from }: Question): ErrorCode | undefined {
  const { status, mode, controller } = machine;
  // nobody hands over what is not its own
  if (from !== undefined && (wanted !== 'remote-control' || controller !== from)) return 'no-control';
  if (status === 'paused' || status === 'allowed') return 'wrong-status';
  if (wanted === 'screen-share') return status === 'active' ? 'wrong-status' : undefined;
  // control is handed over from one agent to another by asking again
  const isHandOver = wanted === 'remote-control' && controller !== null && controller !== agent;
  if (status !== 'active' || (mode === wanted && !isHandOver)) return 'wrong-status';
  // full device is never controlled: it has to be left first
  return wanted === 'remote-control' && mode === 'full-device' ? 'mode-not-offered' : undefined;
}

function asker({ agent, from }: Question): string {
  return from ?? agent;
}

function answer(machine: Machine, { id, decision, at }: Extract<MachineEvent, { type: 'answered' }>): Verdict {
  if (!isPending(machine, id)) return refuse('request-not-found');
  return decision === 'deny' ? unanswered(machine, 'deny') : allow(machine, at);
}

function allow(machine: Machine, at: number): Verdict {
  const question = machine.question!;
  const settled: Settled[] = [{ question, decision: 'allow' }];
  if (machine.status !== 'active') return accept({ ...machine, status: 'allowed', question: null }, settled);
  const { id, mode, agent, minutes } = question;
  const controller = mode === 'remote-control' ? agent : null;
  const grant = { id, until: minutes === undefined ? null : at + minutes * 60_000 };
  return accept({ ...machine, mode, controller, grant, stepDown: null, question: null }, settled);
}

function unanswered(machine: Machine, decision: Decision): Verdict {
  const status = machine.status === 'requested' ? 'idle' : machine.status;
  return accept({ ...machine, status, question: null }, [{ question: machine.question!, decision }]);
}

function view(machine: Machine): Verdict {
  // another agent, or the same one again: it is being shown already
  if (isSharing(machine)) return accept(machine);
  return machine.status === 'allowed'
    ? accept({ ...machine, status: 'active', mode: 'screen-share' })
    : refuse('wrong-status');
}

/** Back to screen share; from there nothing changes. */
function stepDown(machine: Machine, reason: StepDownReason): Machine {
  if (machine.mode === 'screen-share') return machine;
  return { ...machine, mode: 'screen-share', controller: null, grant: null, stepDown: reason };
}

function pause(machine: Machine): Verdict {
  const left = machine.mode === 'remote-control' ? stepDown(machine, 'paused') : machine;
  return accept({ ...left, status: 'paused', question: null }, dropQuestion(machine, 'refused'));
}

function end(machine: Machine, reason: EndReason): Verdict {
  if (machine.status === 'idle' || machine.status === 'ended') return refuse('wrong-status');
  const decision = reason === 'agent' ? 'withdrawn' : 'refused';
  return accept({ ...IDLE, status: 'ended', endedBy: reason }, dropQuestion(machine, decision));
}

function dropQuestion({ question }: Machine, decision: Decision): Settled[] {
  return question ? [{ question, decision }] : [];
}

function isPending(machine: Machine, id: string): boolean {
  return machine.question?.id === id;
}

function accept(machine: Machine, settled: readonly Settled[] = []): Verdict {
  return { ok: true, machine, settled };
}

function refuse(code: ErrorCode): Verdict {
  return { ok: false, code };
}
