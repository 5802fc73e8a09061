import type { Decision, EndReason, ErrorCode, ScreenInfo, ServerSettings } from '../../protocol/index.js';
import type { Transport } from '../transport/types.js';
import type { ControlGrant } from './control-grant.js';
import type { DocAccess } from './doc-access.js';
import type {
  Action,
  DispatchResult,
  PendingRequest,
  RequestOutcome,
  SessionOptions,
  SessionState,
  ShownPage,
} from './types.js';

/** What the parts of a live session share. */
export interface LiveContext {
  readonly options: SessionOptions;
  readonly session: string;
  readonly transport: Transport;
  /** Another one after the transport has dropped its doc. */
  readonly access: DocAccess;
  readonly settings: ServerSettings;
  state(): SessionState;
  /** Fields that are equal to the present ones keep their identity. */
  update(change: Partial<SessionState>): void;
  report(code: ErrorCode): void;
  /** Another page of the same person has the session now: ends it here, without a word to the others. */
  superseded(): void;
  /** Reads everything again and publishes what came out, at once. */
  refresh(): void;
}

/** One role's part of a live session. */
export interface Side {
  /** The doc, presence, connection or settings changed: by the live session only, who publishes in one go. */
  refresh(): void;
  dispatch(action: Action): DispatchResult;
  /** The doc is a new one, empty as yet. */
  replaced(): void;
  /** It's over here: see `LiveContext.superseded`. @param reason as it is shown. */
  superseded(reason: EndReason): void;
  setPage(page: ShownPage): void;
  setLeaving(isLeaving: boolean): void;
  startPage(pageId: string): void;
  /** Agent: whether nothing is heard of the consumer's browser. */
  setSilent?(isSilent: boolean): void;
  /** Agent: whether the consumer's device shows its screen, by the server's word. */
  setDeviceShown?(isShown: boolean): void;
  setViewPhase(phase: 'loading' | 'live' | 'frozen' | 'failed'): void;
  controlGrant(): ControlGrant | null;
  setPerforming(isPerforming: () => boolean): void;
  setCapture(capture: Omit<ScreenInfo, 'source'>): void;
  readonly screenWanted: boolean;
  onScreenWanted(listener: (isWanted: boolean) => void): () => void;
  close(): void;
}

export const done: DispatchResult = Object.freeze({ ok: true });
export const refused = (code: ErrorCode): DispatchResult => ({ ok: false, code });

const outcomes: Partial<Record<Decision, RequestOutcome['outcome']>> = {
  allow: 'allowed',
  deny: 'denied',
  expired: 'expired',
  withdrawn: 'withdrawn',
  replaced: 'replaced',
  refused: 'refused',
};

/** Null for a step that asked nobody. */
export function outcomeOf(request: PendingRequest, decision: Decision): RequestOutcome | null {
  const outcome = outcomes[decision];
  return outcome ? { request, outcome } : null;
}

/** Runs a job, and once more where it was called for while it ran: what it writes calls back through the doc's observers. */
export function rerunning(job: () => void): () => void {
  let running = false;
  let again = false;
  return () => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        job();
      }
    } finally {
      running = false;
    }
  };
}
