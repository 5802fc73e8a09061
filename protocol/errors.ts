/** Every error that a person or a log can see. `recoverable`: it passes by itself or by trying again. */
export const ERRORS = {
  'connection-lost': { recoverable: true },
  'not-connected': { recoverable: true },
  unauthorized: { recoverable: false },
  'token-expired': { recoverable: true },
  'origin-refused': { recoverable: false },
  forbidden: { recoverable: false },
  'bad-request': { recoverable: false },
  'session-full': { recoverable: false },
  'session-ended': { recoverable: false },
  'session-not-found': { recoverable: false },
  'request-pending': { recoverable: true },
  'request-expired': { recoverable: true },
  'request-not-found': { recoverable: true },
  'mode-not-offered': { recoverable: false },
  'wrong-status': { recoverable: true },
  'unknown-action': { recoverable: false },
  'consent-declined': { recoverable: true },
  'answer-by-agent': { recoverable: false },
  'stroke-refused': { recoverable: true },
  stale: { recoverable: true },
  masked: { recoverable: false },
  blocked: { recoverable: false },
  'no-control': { recoverable: false },
  'needs-consumer': { recoverable: true },
  'consumer-active': { recoverable: true },
  'rate-limited': { recoverable: true },
  'message-too-big': { recoverable: false },
  'malformed-frame': { recoverable: false },
  'update-refused': { recoverable: true },
  'too-slow': { recoverable: true },
  'server-full': { recoverable: true },
  'server-error': { recoverable: true },
  'server-draining': { recoverable: true },
  replaced: { recoverable: false },
  'mirror-failed': { recoverable: true },
  'frame-blocked': { recoverable: false },
  'capture-refused': { recoverable: true },
  'capture-unsupported': { recoverable: false },
  'codec-unsupported': { recoverable: false },
  'upgrade-required': { recoverable: false },
  'duplicate-kit': { recoverable: false },
} as const satisfies Record<string, { recoverable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

/** Run-time trouble, delivered as `cobrowse-error` and as `state.error`, never thrown into the host page. */
export class CobrowseError extends Error {
  /** Stable name, see `ERRORS`. */
  readonly code: ErrorCode;
  /** Whether it passes by itself or by trying again. */
  readonly recoverable: boolean;

  constructor(code: ErrorCode, message: string = code, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CobrowseError';
    this.code = code;
    this.recoverable = ERRORS[code].recoverable;
  }
}
