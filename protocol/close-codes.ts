import type { ErrorCode } from './errors.js';

/**
 * Close codes of `/sync` and `/mirror`. The stock `WebsocketProvider` treats 4400-4499 as final and tries again after
 * any other, so what passes by itself (load, draining) is 45xx. The close reason carries the name.
 */
export const CLOSE_CODES = {
  'bad-request': 4400,
  unauthorized: 4401,
  forbidden: 4403,
  'session-not-found': 4404,
  'origin-refused': 4406,
  'session-full': 4409,
  'session-ended': 4410,
  'message-too-big': 4413,
  'update-refused': 4422,
  'malformed-frame': 4424,
  'upgrade-required': 4426,
  'token-expired': 4440,
  replaced: 4441,
  'server-error': 4500,
  'server-draining': 4503,
  'too-slow': 4508,
  'rate-limited': 4529,
  'server-full': 4530,
} as const satisfies Partial<Record<ErrorCode, number>>;

export type CloseName = keyof typeof CLOSE_CODES;

const names = new Map<number, CloseName>(Object.entries(CLOSE_CODES).map(([name, code]) => [code, name as CloseName]));

/** The name of a close code, or undefined for one that isn't ours. */
export function closeName(code: number): CloseName | undefined {
  return names.get(code);
}

/** Whether a client may try again by itself after this code. */
export function isFinalClose(code: number): boolean {
  return code >= 4400 && code < 4500;
}
