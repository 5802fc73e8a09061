import type { SessionState } from './types.js';

/** What a dormant store shows. */
export const DORMANT: SessionState = Object.freeze({
  connection: 'offline',
  session: null,
  role: null,
  me: null,
  status: 'idle',
  mode: null,
  request: null,
  lastOutcome: null,
  participants: Object.freeze([]),
  page: null,
  offers: Object.freeze({ modes: Object.freeze([]), tools: Object.freeze([]) }),
  reasons: Object.freeze({}),
  controller: null,
  grant: null,
  view: Object.freeze({ phase: 'waiting', since: 0 }),
  recording: 'off',
  quality: 'good',
  latency: null,
  tool: 'none',
  color: '#d6336c',
  annotations: Object.freeze([]),
  startedAt: null,
  endReason: null,
  error: null,
} as const satisfies SessionState);
