import type { SessionState } from '../session/types.js';

/** Where an agent stands, in one word: what leads in the toolbar and in the view. */
export type Situation =
  | 'offline'
  | 'connecting'
  | 'idle'
  | 'waiting'
  | 'denied'
  | 'expired'
  | 'withdrawn'
  | 'refused'
  | 'allowed'
  | 'loading'
  | 'live'
  | 'paused'
  | 'hidden'
  | 'elsewhere'
  | 'away'
  | 'reconnecting'
  | 'frozen'
  | 'failed'
  | 'ended';

export function situationOf(state: SessionState | undefined): Situation {
  if (!state?.session) return 'offline';
  if (isShowing(state)) return state.connection === 'offline' ? 'offline' : showing(state);
  if (state.connection === 'reconnecting') return 'reconnecting';
  if (state.connection !== 'online') return state.connection;
  if (state.status === 'allowed') return 'allowed';
  if (state.request) return 'waiting';
  return state.status === 'ended' ? 'ended' : asked(state);
}

/** Whether the page is, or soon is again, on the agent's screen. */
export function isShowing({ status }: Pick<SessionState, 'status'>): boolean {
  return status === 'active' || status === 'paused';
}

function showing({ view, connection, status }: SessionState): Situation {
  if (connection !== 'online') return 'reconnecting';
  if (view.phase === 'waiting' || view.phase === 'ended') return status === 'paused' ? 'paused' : 'loading';
  return view.phase;
}

function asked({ lastOutcome }: SessionState): Situation {
  switch (lastOutcome?.outcome) {
    case 'denied':
    case 'expired':
    case 'withdrawn':
    case 'refused':
      return lastOutcome.outcome;
    default:
      return 'idle';
  }
}
